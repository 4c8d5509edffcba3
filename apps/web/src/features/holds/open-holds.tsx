// What waits: transfers that have not gone yet, money that is set aside, and what others have set aside for the reader.
import { useMemo, useState } from 'react'
import { Amount } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { formatFullDate } from '../../ui/format-date.ts'
import { formatMoney } from '../../ui/format-money.ts'
import { Section } from '../../ui/page.tsx'
import { showToast } from '../../ui/toast.tsx'
import { useAccounts } from '../accounts/get-accounts.ts'
import { readProblem } from '../session/problem.ts'
import { type AccountNames, namesOf } from '../transactions/transaction-words.ts'
import { CaptureDialog } from './capture-dialog.tsx'
import { type Hold, useOpenHolds } from './get-holds.ts'
import { doneTitle, type HoldKind, holdTime, holdTitle, holdVerbs, kindOf } from './hold-words.ts'
import { type SettleOutcome, useCaptureHold, useReleaseHold } from './settle-hold.ts'
import { useNow } from './use-now.ts'
import './holds.css'

/** Nothing at all where nothing waits. */
export function OpenHolds({ accountId }: { accountId?: string | undefined }) {
  const holds = useOpenHolds(accountId)
  const accounts = useAccounts()
  const names = useMemo(() => namesOf(accounts.data ?? []), [accounts.data])
  if (!accounts.data) return null
  if (holds.isError) {
    return (
      <p className="field__hint">
        What is waiting or set aside cannot be shown right now: {readProblem(holds.error).detail}
      </p>
    )
  }
  if (!holds.data || holds.data.length === 0) return null
  return (
    <Section title="Waiting and set aside">
      <ul className="row-list">
        {holds.data.map((hold) => (
          <HoldRow key={hold.id} hold={hold} names={names} showsAccount={accountId === undefined} />
        ))}
      </ul>
    </Section>
  )
}

interface HoldRowProps {
  hold: Hold
  names: AccountNames
  showsAccount: boolean
}

function HoldRow({ hold, names, showsAccount }: HoldRowProps) {
  const now = useNow(5_000)
  const kind = kindOf(hold, names)
  const title = holdTitle(hold, names)
  const at = hold.capture_at ?? hold.expires_at
  return (
    <li className="row hold-row">
      <span className="row__main">
        <span className="row__title">{title}</span>
        <span className="row__note">
          <span title={at ? formatFullDate(new Date(at)) : undefined}>{holdTime(hold, now)}</span>
          {showsAccount && ` · ${placeOf(hold, names)}`}
        </span>
      </span>
      <span className="row__end hold-row__amount">
        <Amount value={hold.amount} currency={hold.currency} />
      </span>
      <HoldActions hold={hold} kind={kind} title={title} />
    </li>
  )
}

function HoldActions({ hold, kind, title }: { hold: Hold; kind: HoldKind; title: string }) {
  const [asking, setAsking] = useState(false)
  const outcomeOf = (did: 'pay' | 'letGo'): SettleOutcome => ({
    onDone: () => showToast({ title: doneTitle(kind, did), detail: formatMoney(hold.amount, hold.currency) }),
    onRefused: (error) => showToast({ title: 'That did not work.', detail: readProblem(error).detail }),
  })
  const capture = useCaptureHold(outcomeOf('pay'))
  const release = useReleaseHold(outcomeOf('letGo'))
  const verbs = holdVerbs(kind)
  const isBusy = capture.isPending || release.isPending
  return (
    <span className="hold-row__actions">
      <Button
        size="small"
        aria-label={`${verbs.letGo}: ${title}`}
        busy={release.isPending}
        disabled={isBusy}
        onClick={() => release.mutate(hold.id)}
      >
        {verbs.letGo}
      </Button>
      <Button
        size="small"
        aria-label={`${verbs.pay}: ${title}`}
        busy={capture.isPending}
        disabled={isBusy}
        onClick={() => (kind === 'transfer' ? capture.mutate({ id: hold.id }) : setAsking(true))}
      >
        {kind === 'transfer' ? verbs.pay : `${verbs.pay} …`}
      </Button>
      <CaptureDialog hold={hold} kind={kind} title={title} open={asking} onOpenChange={setAsking} />
    </span>
  )
}

/** The account, or both ends of what will go from one to another. */
function placeOf({ account_id: from, to_account: to }: Hold, names: AccountNames): string {
  const fromName = names.get(from) ?? 'another account'
  return to === null ? fromName : `${fromName} → ${names.get(to) ?? 'another account'}`
}
