// The compose project under test: its commands, its containers, and what the engine says of them.
import { setTimeout as sleep } from 'node:timers/promises'
import { compose, docker, type Engine, type Output } from './engine.ts'
import { CheckError } from './report.ts'

export interface Container {
  Id: string
  RestartCount: number
  State: {
    Status: string
    Pid: number
    ExitCode: number
    Health?: { Status: string; Log: { Output: string }[] }
  }
  Config: { User: string; Image: string; Env: string[] }
  HostConfig: {
    ReadonlyRootfs: boolean
    Privileged: boolean
    CapAdd: string[] | null
    CapDrop: string[] | null
    SecurityOpt: string[] | null
    Memory: number
    PidsLimit: number | null
    RestartPolicy: { Name: string }
    LogConfig: { Config: Record<string, string> }
  }
  Mounts: { Name?: string; Destination: string; RW: boolean }[]
  NetworkSettings: {
    Ports: Record<string, { HostIp: string; HostPort: string }[] | null>
    Networks: Record<string, unknown>
  }
}

export const jobs = ['secrets', 'migrate']
export const servers = ['postgres', 'redis']
export const serviceNames = ['account', 'transaction', 'twin', 'risk', 'portfolio', 'notification']
export const longRunning = [...servers, ...serviceNames, 'gateway']

const projectName = 'fintwin-topology-test'

export interface Project {
  engine: Engine
  compose: (args: readonly string[], show?: boolean) => Output
  inspect: (service: string) => Container
  exec: (service: string, command: readonly string[]) => Output
  waitUntil: (service: string, what: string, holds: (container: Container) => boolean) => Promise<void>
}

export function openProject(engine: Engine, folder: string, environment: Record<string, string>): Project {
  const base = ['--project-name', projectName, '--file', `${folder}/compose.yaml`]
  const container = (service: string): string => {
    const labels = [`com.docker.compose.project=${projectName}`, `com.docker.compose.service=${service}`]
    const found = docker(engine, [
      'ps',
      '--all',
      '--quiet',
      ...labels.flatMap((label) => ['--filter', `label=${label}`]),
    ])
    const id = found.stdout.trim().split('\n')[0]
    if (!id) throw new CheckError(`There is no container of ${service}.`)
    return id
  }
  const inspect = (service: string): Container => {
    const [inspected] = JSON.parse(docker(engine, ['inspect', container(service)]).stdout) as Container[]
    return inspected as Container
  }
  return {
    engine,
    compose: (args, show = false) => compose(engine, [...base, ...args], { show, environment }),
    inspect,
    exec: (service, command) => docker(engine, ['exec', container(service), ...command]),
    waitUntil: async (service, what, holds) => {
      for (let waitedMs = 0; waitedMs < 90_000; waitedMs += 250) {
        if (holds(inspect(service))) return
        await sleep(250)
      }
      const { State } = inspect(service)
      throw new CheckError(`${service} is not ${what} after 90 s: ${JSON.stringify(State).slice(0, 600)}`)
    },
  }
}
