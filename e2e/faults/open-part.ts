// Tests of the faults, a part a file: a fault without a test fails its part, and a test without a fault does not compile.
import { expect, it } from 'vitest'
import { type FaultOf, faultLines, type Part } from './fault-lines.ts'

export type TestFault<P extends Part> = (name: FaultOf<P>, how: string, run: () => Promise<void>) => void

/** `how` says how the fault is brought about. */
export function openPart<P extends Part>(part: P): TestFault<P> {
  const tested = new Set<string>()
  it(`each fault of "${part}" has a test`, () => {
    const names: string[] = Object.keys(faultLines[part])
    expect(names.filter((name) => !tested.has(name))).toEqual([])
  })
  return (name, how, run) => {
    tested.add(name)
    const line: string = (faultLines[part] as Record<string, string>)[name] ?? ''
    it(`${name}: ${line} (${how})`, { timeout: 180_000 }, run)
  }
}
