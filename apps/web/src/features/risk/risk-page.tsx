// The risk of each account: the score, what makes it up, and how it moved.
import { Link, useSearch } from '@tanstack/react-router'
import { useRef } from 'react'
import { Prose } from '../../ui/amount.tsx'
import { formatAgo, formatFullDate } from '../../ui/format-date.ts'
import { Page, Section } from '../../ui/page.tsx'
import { LevelBadge, RiskMeter } from '../../ui/risk-meter.tsx'
import { Skeleton, SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { useListKeys } from '../../ui/use-list-keys.ts'
import { type Account, useAccounts } from '../accounts/get-accounts.ts'
import { OpenAccountLink } from '../accounts/open-account-link.tsx'
import { readProblem } from '../session/problem.ts'
import { AlertList } from './alert-list.tsx'
import { type RiskScore, useScore, useScores } from './get-score.ts'
import { ScoreHistory } from './score-history.tsx'
import '../../ui/table.css'
import './risk.css'

export function RiskPage() {
  const accounts = useAccounts()
  const { account: wanted } = useSearch({ from: '/shell/risk' })
  const account = accounts.data?.find((one) => one.id === wanted) ?? accounts.data?.[0]
  const score = useScore(account?.id ?? '')

  return (
    <Page
      title="Risk"
      {...(account && { label: account.name })}
      headline={
        score.data ? <Headline score={score.data} /> : score.isPending && <Skeleton shape="headline" />
      }
      sentence={score.data && <Summary score={score.data} />}
    >
      {accounts.isError && (
        <ErrorState detail={readProblem(accounts.error).detail} onRetry={() => accounts.refetch()} />
      )}
      {score.isError && (
        <ErrorState
          detail={readProblem(score.error).detail}
          stillWorks="Your balances and transactions are not affected."
          onRetry={() => score.refetch()}
        />
      )}
      {accounts.data?.length === 0 && (
        <EmptyState title="No account, no risk" action={<OpenAccountLink />}>
          As soon as there is an account, its score is worked out with every transaction.
        </EmptyState>
      )}
      {account && accounts.data && (
        <>
          <ScoreHistory account={account} />
          <div className="columns columns--wide-last">
            <Section title="Accounts">
              <AccountScores accounts={accounts.data} chosen={account.id} />
            </Section>
            <div className="stack">
              <Section title="What makes up the score">
                {score.data ? <Contributions score={score.data} /> : <SkeletonRows count={3} />}
              </Section>
              <Section title="Worth a look now">
                <AlertList accountId={account.id} />
              </Section>
            </div>
          </div>
        </>
      )}
    </Page>
  )
}

function Headline({ score }: { score: RiskScore }) {
  return (
    <div className="risk-headline">
      <p className="risk-headline__score">
        <span className="amount--headline">{score.score}</span>
        <span className="risk-headline__of">of 100</span>
        <LevelBadge level={score.alert_level} />
      </p>
      <RiskMeter score={score.score} level={score.alert_level} />
    </div>
  )
}

function Summary({ score }: { score: RiskScore }) {
  const flags = score.flags.length
  return (
    <>
      {flags === 0 ? 'Nothing raises a flag.' : `${flags} ${flags === 1 ? 'flag is' : 'flags are'} raised.`}{' '}
      Worked out{' '}
      <time dateTime={score.updated_at} title={formatFullDate(new Date(score.updated_at))}>
        {formatAgo(new Date(score.updated_at))}
      </time>
      .
    </>
  )
}

function Contributions({ score }: { score: RiskScore }) {
  const parts = score.contributions ?? []
  if (parts.length === 0) {
    return (
      <ul className="contributions">
        {score.flags.length === 0 && <li>Only the ten points that every account starts with.</li>}
        {score.flags.map((flag) => (
          <li key={flag}>
            <Prose>{flag}</Prose>
          </li>
        ))}
      </ul>
    )
  }
  return (
    <table className="table">
      <tbody>
        {parts.map((part) => (
          <tr key={part.rule}>
            <td>
              <Prose>{part.sentence}</Prose>
            </td>
            <td className="figure">+{part.points}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Score</th>
          <td className="figure">{score.score}</td>
        </tr>
      </tfoot>
    </table>
  )
}

function AccountScores({ accounts, chosen }: { accounts: readonly Account[]; chosen: string }) {
  const scores = useScores(accounts.map((account) => account.id))
  const list = useRef<HTMLUListElement>(null)
  useListKeys(list)
  return (
    <ul className="row-list" ref={list}>
      {accounts.map((account, index) => {
        const score = scores[index]?.data
        return (
          <li key={account.id}>
            <Link
              to="/risk"
              search={{ account: account.id }}
              className="row risk-row"
              aria-current={account.id === chosen ? 'true' : undefined}
              data-row
              resetScroll={false}
            >
              <span className="row__title">{account.name}</span>
              {score ? <LevelBadge level={score.alert_level} /> : <Skeleton short />}
              <b className="row__end">{score?.score ?? '–'}</b>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
