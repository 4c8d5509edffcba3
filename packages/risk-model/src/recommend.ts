// One sentence of advice on a quick simulation, computed from its figures.
import { absolute, isDebt } from './account.ts'
import { formatPercent } from './percent.ts'
import type { SimulationFacts } from './simulate.ts'

export function recommend(facts: SimulationFacts): string {
  const { account, scenario, virtualBalanceMinor, thresholdMinor, write } = facts
  if (isDebt(account)) return adviseOnDebt(facts)
  const { heldMinor = 0n } = account
  if (scenario?.kind === 'withdrawal' && heldMinor > 0n && virtualBalanceMinor < heldMinor)
    return adviseOnHeld(facts)
  if (virtualBalanceMinor < 0n) return adviseOnShortfall(facts)
  if (virtualBalanceMinor < thresholdMinor) return adviseOnLowBalance(facts)
  const spare = `${write(virtualBalanceMinor - thresholdMinor)} above the ${write(thresholdMinor)} worth keeping`
  if (scenario?.kind === 'withdrawal')
    return `You can afford this: ${write(virtualBalanceMinor)} would remain, ${spare}.`
  if (scenario?.kind === 'deposit')
    return `This brings you to ${write(virtualBalanceMinor)}, ${spare}; what you do not need soon could earn more elsewhere.`
  return `${describeRate(facts)}, leaving ${write(virtualBalanceMinor)}, ${spare}.`
}

/** The ledger would refuse to pay with what is set aside for something else. */
function adviseOnHeld({ account, write }: SimulationFacts): string {
  const { balanceMinor, heldMinor = 0n } = account
  return balanceMinor > heldMinor
    ? `Withdraw no more than ${write(balanceMinor - heldMinor)} now: ${write(heldMinor)} of the ${write(balanceMinor)} you have is set aside.`
    : `Do not withdraw now: ${write(heldMinor)} is set aside, and you have ${write(balanceMinor)}.`
}

function adviseOnShortfall({ account, scenario, virtualBalanceMinor, write }: SimulationFacts): string {
  const short = write(-virtualBalanceMinor)
  if (scenario?.kind !== 'withdrawal')
    return `The account would still be ${short} below zero: put in at least that much to clear it.`
  if (account.balanceMinor <= 0n)
    return `Do not withdraw now: there is nothing left to take, and you would be ${short} short.`
  return `Withdraw no more than the ${write(account.balanceMinor)} you have: this would leave you ${short} short.`
}

function adviseOnLowBalance(facts: SimulationFacts): string {
  const { account, scenario, virtualBalanceMinor, thresholdMinor, write } = facts
  const missing = write(thresholdMinor - virtualBalanceMinor)
  const spareMinor = account.balanceMinor - thresholdMinor
  if (scenario?.kind === 'withdrawal' && spareMinor > 0n)
    return `Withdraw up to ${write(spareMinor)} to keep ${write(thresholdMinor)}; this takes ${missing} more than that.`
  if (scenario?.kind === 'withdrawal')
    return `Better wait: ${write(virtualBalanceMinor)} would remain, ${missing} less than the ${write(thresholdMinor)} worth keeping.`
  if (scenario?.kind === 'deposit')
    return `A good step to ${write(virtualBalanceMinor)}: another ${missing} would reach the ${write(thresholdMinor)} worth keeping.`
  return `${describeRate(facts)}, leaving ${write(virtualBalanceMinor)}: ${missing} short of the ${write(thresholdMinor)} worth keeping.`
}

function adviseOnDebt(facts: SimulationFacts): string {
  const { account, scenario, virtualBalanceMinor, write } = facts
  const owed =
    virtualBalanceMinor < 0n ? `you would owe ${write(-virtualBalanceMinor)}` : 'nothing would be owed'
  if (scenario?.kind === 'deposit')
    return account.balanceMinor < 0n && virtualBalanceMinor > 0n
      ? `Pay in no more than the ${write(-account.balanceMinor)} you owe: the rest would earn nothing here.`
      : `Paying this in helps: ${owed}, down from ${write(absolute(account.balanceMinor))}.`
  if (scenario?.kind === 'withdrawal')
    return `Borrow this only if you need it: ${owed} instead of ${write(absolute(account.balanceMinor))}.`
  return `${describeRate(facts)}: ${owed}.`
}

function describeRate({
  account,
  scenario,
  changeMinor,
  virtualBalanceMinor,
  write,
}: SimulationFacts): string {
  const percent = scenario?.kind === 'rate_change' ? scenario.percent : 0n
  const direction = virtualBalanceMinor < account.balanceMinor ? 'takes' : 'adds'
  return `A change of ${formatPercent(percent)}% ${direction} ${write(changeMinor)}`
}
