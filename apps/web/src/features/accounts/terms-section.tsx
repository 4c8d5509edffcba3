// The terms of an account: those in force, those that were and those to come, and how its state and limit changed.
import { Pencil, TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Amount, Prose } from '../../ui/amount.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { formatFullDate, formatLongDate, parseDay, toDay } from '../../ui/format-date.ts'
import { Section } from '../../ui/page.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { readProblem } from '../session/problem.ts'
import type { Account } from './get-accounts.ts'
import { type AccountTerms, type Terms, useTerms } from './get-terms.ts'
import { TermsDialog } from './terms-dialog.tsx'
import { hasTerms, mayOwe, termsSentence } from './terms-words.ts'

export function TermsSection({ account }: { account: Account }) {
  const today = toDay(new Date())
  const query = useTerms(account.id, today)
  const [editing, setEditing] = useState(false)
  const isEditable = hasTerms(account.type) && account.status !== 'closed'
  const isTold = query.data && (query.data.history.length > 0 || query.data.standings.length > 1)
  if (!isEditable && !isTold) return null
  return (
    <Section
      title={isEditable || (query.data?.history.length ?? 0) > 0 ? 'Terms' : 'State'}
      aside={
        isEditable &&
        query.data &&
        query.data.history.length > 0 && (
          <Button
            size="small"
            look="plain"
            className="terms__change"
            icon={<Pencil aria-hidden="true" />}
            onClick={() => setEditing(true)}
          >
            Change terms
          </Button>
        )
      }
    >
      {query.isError && !query.data ? (
        <ErrorState
          detail={readProblem(query.error).detail}
          stillWorks="The balance and the transactions are not affected."
          onRetry={() => query.refetch()}
        />
      ) : query.data ? (
        <TermsView
          account={account}
          terms={query.data}
          today={today}
          onAdd={isEditable ? () => setEditing(true) : undefined}
        />
      ) : (
        <SkeletonRows count={2} />
      )}
      {query.data && (
        <TermsDialog account={account} terms={query.data} open={editing} onOpenChange={setEditing} />
      )}
    </Section>
  )
}

interface TermsViewProps {
  account: Account
  terms: AccountTerms
  today: string
  /** Absent where nothing can be added. */
  onAdd: (() => void) | undefined
}

function TermsView({ account, terms, today, onAdd }: TermsViewProps) {
  const { current, history, standings, warnings } = terms
  return (
    <div className="terms">
      {current && (
        <p className="terms__current">
          <Prose>{termsSentence(current, account.type, account.currency)}</Prose>
        </p>
      )}
      {current && history.length === 1 && (
        <p className="soft">From {formatLongDate(parseDay(current.effective_from))}</p>
      )}
      {current?.first_instalment_on && (
        <p className="soft">First instalment on {formatLongDate(parseDay(current.first_instalment_on))}</p>
      )}
      {current?.instalment === null && terms.instalment_needed !== null && (
        <p className="soft">
          <Amount value={terms.instalment_needed} currency={account.currency} /> a month repays it in its
          term.
        </p>
      )}
      {warnings.map(({ code, detail }) => (
        <p key={code} className="terms__warning">
          <TriangleAlert aria-hidden="true" size={16} />
          <span>
            <Prose>{detail}</Prose>
          </span>
        </p>
      ))}
      {history.length === 0 && onAdd && (
        <EmptyState
          title="No terms yet"
          action={
            <Button size="small" onClick={onAdd}>
              Add terms
            </Button>
          }
        >
          {emptyWords(account.type)}
        </EmptyState>
      )}
      {history.length > (current ? 1 : 0) && (
        <History title="How the terms changed">
          {history.map((one, index) => (
            <TermsRow
              key={`${one.effective_from} ${history.length - index}`}
              terms={one}
              today={today}
              account={account}
            />
          ))}
        </History>
      )}
      {standings.length > 1 && (
        <History title={mayOwe(account.type) ? 'How state and limit changed' : 'How the state changed'}>
          {standings.map(({ status, overdraft_limit, since }) => (
            <li key={since}>
              <time dateTime={since} title={formatFullDate(new Date(since))}>
                {formatLongDate(new Date(since))}
              </time>
              <span>
                {status.charAt(0).toUpperCase() + status.slice(1)}
                {mayOwe(account.type) && (
                  <>
                    , limit <Amount value={overdraft_limit} currency={account.currency} />
                  </>
                )}
              </span>
            </li>
          ))}
        </History>
      )}
    </div>
  )
}

/** `From 1 Jan 2026` and what held from then on. */
function TermsRow({ terms, today, account }: { terms: Terms; today: string; account: Account }) {
  const { effective_from, is_superseded } = terms
  return (
    <li className={is_superseded ? 'terms__superseded' : undefined}>
      <time dateTime={effective_from}>From {formatLongDate(parseDay(effective_from))}</time>
      <span>
        <span className="terms__words">
          <Prose>{termsSentence(terms, account.type, account.currency)}</Prose>
        </span>{' '}
        {is_superseded && <Badge>Replaced</Badge>}
        {!is_superseded && effective_from > today && <Badge tone="accent">To come</Badge>}
      </span>
    </li>
  )
}

function History({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="terms__history" open>
      <summary>{title}</summary>
      <ul>{children}</ul>
    </details>
  )
}

function emptyWords(type: string): string {
  if (type === 'loan')
    return 'Say what is owed, what it costs and how it is paid back, and FinTwin can count on it.'
  if (type === 'credit') return 'Say what it costs when it is not paid off, and FinTwin can count on it.'
  if (type === 'portfolio') return 'Say what it is mostly invested in, and FinTwin can count on it.'
  return 'Say what interest it earns, and FinTwin can count on it.'
}
