// One simulation as the page shows it, whether it just ran or is opened from the past.
import type { PastSimulation } from './get-simulations.ts'
import type { Simulation } from './run-simulation.ts'

export type Outcome = Simulation

export function fromPast(past: PastSimulation): Outcome {
  return {
    ...past,
    current_balance: past.before_balance,
    virtual_balance: past.after_balance,
    flags: past.flags ?? [],
  }
}
