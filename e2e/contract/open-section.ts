// Tests of the contract's lines, a section a file: a line without a test fails its section, and a test without a line does not compile.
import type { TestDatabase } from '@fintwin/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FinTwin, isDeployment, type OwnFinTwin, openFinTwin, startOwnFinTwin } from '../fintwin.ts'
import { contractLines, type LineOf, type Section } from './contract-lines.ts'

/** Starts an instance that ends with the test; the one without settings of its own is kept for the whole file. */
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
  const { start, endTest, endFile } = keepInstances()
  let fintwin: FinTwin
  beforeAll(async () => {
    fintwin = await openFinTwin()
  }, 120_000)
  afterAll(endFile, 60_000)

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
      it(`${section}.${id}: ${what}`, () => run(start).finally(endTest), 120_000)
    },
  }
}

interface Instances {
  start: StartOwn
  /** Ends those of one test. */
  endTest(): Promise<void>
  endFile(): Promise<void>
}

function keepInstances(): Instances {
  let plain: Promise<OwnFinTwin> | undefined
  let ofTest: OwnFinTwin[] = []
  return {
    async start(environment, database) {
      if (environment === undefined) {
        plain ??= startOwnFinTwin()
        return plain
      }
      const instance = await startOwnFinTwin(environment, database)
      ofTest.push(instance)
      return instance
    },
    async endTest() {
      for (const instance of ofTest.toReversed()) await instance.stop()
      ofTest = []
    },
    endFile: async () => (await plain)?.stop(),
  }
}
