// What a run found: the balance, the risk, why, what to do, and whether live moved.
import { ArrowRight, Check, TriangleAlert } from 'lucide-react'
import { Amount, Change, Prose } from '../../ui/amount.tsx'
import { formatFullDate } from '../../ui/format-date.ts'
import { differenceOf } from '../../ui/format-money.ts'
import { Section } from '../../ui/page.tsx'
import { LevelBadge, RiskMeter } from '../../ui/risk-meter.tsx'
import type { Account } from '../accounts/get-accounts.ts'
import type { Outcome } from './outcome.ts'
import { describeProof } from './proof-words.ts'
import type { Proof } from './run-simulation.ts'
import { scenarioTitle } from './scenario-words.ts'

export function SimulationResult({ account, outcome }: { account: Account; outcome: Outcome }) {
  const change = differenceOf(outcome.virtual_balance, outcome.current_balance, account.currency)
  return (
    <Section
      title={`Result: ${scenarioTitle(outcome.scenario, outcome.amount, account.currency)}`}
      aside={
        outcome.created_at && (
          <span className="section__aside">Run {formatFullDate(new Date(outcome.created_at))}</span>
        )
      }
    >
      <div className="result" role="status">
        <div className="result__balance">
          <p className="result__figures">
            <span>
              <small>Before</small>
              <Amount size="figure" value={outcome.current_balance} currency={account.currency} />
            </span>
            <ArrowRight aria-label="becomes" size={20} />
            <span>
              <small>After, on the fork</small>
              <Amount size="figure" value={outcome.virtual_balance} currency={account.currency} />
            </span>
          </p>
          <Change value={change} currency={account.currency} words={['more', 'less', 'no change']} />
          <p className="result__recommendation">
            <Prose>{outcome.recommendation}</Prose>
          </p>
        </div>
        <div className="result__risk">
          <p className="result__score">
            <b>{outcome.risk_score}</b> of 100 <LevelBadge level={outcome.alert_level} />
            {outcome.before && outcome.before.risk_score !== outcome.risk_score && (
              <span className="result__was">was {outcome.before.risk_score}</span>
            )}
          </p>
          <RiskMeter
            label="Risk score on the fork"
            score={outcome.risk_score}
            level={outcome.alert_level}
            before={outcome.before?.risk_score}
          />
          <Reasons outcome={outcome} />
        </div>
      </div>
      {outcome.proof && <ProofLine proof={outcome.proof} />}
    </Section>
  )
}

function Reasons({ outcome }: { outcome: Outcome }) {
  if (outcome.contributions && outcome.contributions.length > 0) {
    return (
      <ul className="reasons">
        {outcome.contributions.map((one) => (
          <li key={one.rule}>
            <span className="reasons__points">+{one.points}</span>
            <span>
              <Prose>{one.sentence}</Prose>
            </span>
          </li>
        ))}
      </ul>
    )
  }
  if (outcome.flags.length === 0) return <p>Nothing raises a flag.</p>
  return (
    <ul className="reasons">
      {outcome.flags.map((flag) => (
        <li key={flag}>
          <TriangleAlert aria-hidden="true" size={14} />
          <span>
            <Prose>{flag}</Prose>
          </span>
        </li>
      ))}
    </ul>
  )
}

function ProofLine({ proof }: { proof: Proof }) {
  const hash = proof.entries_hash
  const { isUnchanged, opening, ending } = describeProof(proof)
  return (
    <p className={isUnchanged ? 'proof' : 'proof proof--moved'}>
      {isUnchanged ? <Check aria-hidden="true" size={16} /> : <TriangleAlert aria-hidden="true" size={16} />}
      <span>
        {opening}
        <b>{typeof proof.position === 'number' ? proof.position.toLocaleString('en-IN') : proof.position}</b>,
        hash{' '}
        <code title={`${hash} before, ${proof.entries_hash_after} after`}>
          {hash.length > 20 ? `${hash.slice(0, 8)}…${hash.slice(-8)}` : hash}
        </code>
        , {ending}
      </span>
    </p>
  )
}
