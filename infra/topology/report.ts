// Counts checks by name and prints each as it ends; the last line is the sum.

export interface Report {
  check: (name: string, body: () => Promise<void> | void) => Promise<boolean>
  skip: (name: string, why: string) => void
  /** Prints `N passed, N failed` and gives whether all is well. */
  finish: () => boolean
}

/** A check that does not hold: its message is all that there is to say. */
export class CheckError extends Error {}

export function expectThat(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new CheckError(otherwise)
}

export function openReport(): Report {
  let passed = 0
  let failed = 0
  let skipped = 0
  const check = async (name: string, body: () => Promise<void> | void): Promise<boolean> => {
    const started = performance.now()
    try {
      await body()
      passed += 1
      console.log(`  ok     ${name} (${seconds(started)})`)
      return true
    } catch (error) {
      failed += 1
      console.log(`  FAILED ${name} (${seconds(started)})\n         ${explain(error)}`)
      return false
    }
  }
  const skip = (name: string, why: string): void => {
    skipped += 1
    console.log(`  skipped ${name}: ${why}`)
  }
  const finish = (): boolean => {
    console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
    return failed === 0
  }
  return { check, skip, finish }
}

function explain(error: unknown): string {
  if (error instanceof CheckError) return error.message.replaceAll('\n', '\n         ')
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function seconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`
}
