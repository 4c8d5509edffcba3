// Tests of the contract's lines, a section a file: a line without a test fails its section, and a test without a line does not compile.
import type { TestDatabase } from '@fintwin/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FinTwin, isDeployment, type OwnFinTwin, openFinTwin, startOwnFinTwin } from '../fintwin.ts'
import { contractLines, type LineOf, type Section } from './contract-lines.ts'

/** Starts an instance with these settings, or gives the one that has them already; all end with the file. */
export type StartOwn = (environment?: Record<string, string>, database?: TestDatabase) => Promise<OwnFinTwin>

export interface SectionTests<S extends Section> {
  /** A test of a line against the FinTwin under test. */
  line(id: LineOf<S>, what: string, run: (fintwin: FinTwin) => Promise<void>): void
  /** A test of a line that needs an instance of its own, and why; that is said where a deployment is tested. */
  ownLine(id: LineOf<S>, what: string, why: string, run: (start: StartOwn) => Promise<void>): void
}

/** Lines that mostly wait for something to happen may wait together. */
export function openSection<S extends Section>(section: S, { waitTogether = false } = {}): SectionTests<S> {
  const covered = new Set<string>()
  const elsewhere: string[] = []
  const { start, stopAll } = keepInstances()
  let fintwin: FinTwin
  beforeAll(async () => {
    fintwin = await openFinTwin()
  }, 120_000)
  afterAll(stopAll, 60_000)

  it(`each line of "${section}" has a test`, () => {
    const lines: string[] = Object.keys(contractLines[section])
    expect(lines.filter((id) => !covered.has(id))).toEqual([])
    if (isDeployment && elsewhere.length > 0)
      process.stdout.write(
        `Tested on an instance of their own, not at ${process.env.FINTWIN_URL}:\n${elsewhere.join('\n')}\n`,
      )
  })

  return {
    line(id, what, run) {
      covered.add(id)
      const test = waitTogether ? it.concurrent : it
      test(`${section}.${id}: ${what}`, () => run(fintwin))
    },
    ownLine(id, what, why, run) {
      covered.add(id)
      elsewhere.push(`  ${section}.${id}: ${what} (${why})`)
      it(`${section}.${id}: ${what}`, () => run(start), 120_000)
    },
  }
}

function keepInstances(): { start: StartOwn; stopAll(): Promise<void> } {
  const instances = new Map<string, Promise<OwnFinTwin>>()
  return {
    start(environment = {}, database) {
      const key = JSON.stringify([environment, database?.url])
      const instance = instances.get(key) ?? startOwnFinTwin(environment, database)
      instances.set(key, instance)
      return instance
    },
    async stopAll() {
      for (const instance of [...instances.values()].toReversed()) await (await instance).stop()
    },
  }
}
