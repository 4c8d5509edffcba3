// The simulations of an account: open, delete one, delete all.

import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { Amount } from '../../ui/amount.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { LevelBadge } from '../../ui/risk-meter.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { useListKeys } from '../../ui/use-list-keys.ts'
import { When } from '../../ui/when.tsx'
import type { Account } from '../accounts/get-accounts.ts'
import { readProblem } from '../session/problem.ts'
import { deleteWithUndo, useHidden } from '../undo/deferred-deletions.ts'
import { deleteSimulation } from './delete-simulation.ts'
import { useDeleteSimulations } from './delete-simulations.ts'
import { type PastSimulation, useSimulations } from './get-simulations.ts'
import { scenarioTitle } from './scenario-words.ts'
import '../../ui/table.css'

export function SimulationHistory({ account, openId }: { account: Account; openId: string | undefined }) {
  const history = useSimulations(account.id)
  const hidden = useHidden()
  const [confirming, setConfirming] = useState(false)
  const deleteAll = useDeleteSimulations()
  const leaveOpen = useLeaveOpen(account.id)
  const list = useRef<HTMLUListElement>(null)
  useListKeys(list)

  if (history.isPending) return <SkeletonRows count={3} tall />
  if (history.isError) {
    return (
      <ErrorState
        detail={readProblem(history.error).detail}
        stillWorks="New simulations still run."
        onRetry={() => history.refetch()}
      />
    )
  }
  const shown = history.data.filter((simulation) => !hidden.has(simulation.id))
  if (shown.length === 0) {
    return (
      <p className="section__aside">
        None yet. Set an amount above and press “Run simulation”; it is kept here.
      </p>
    )
  }
  return (
    <>
      <ul className="row-list" ref={list}>
        {shown.map((simulation) => (
          <HistoryRow
            key={simulation.id}
            simulation={simulation}
            currency={account.currency}
            isOpen={simulation.id === openId}
          />
        ))}
      </ul>
      <div>
        <Button size="small" icon={<Trash2 aria-hidden="true" />} onClick={() => setConfirming(true)}>
          Delete all
        </Button>
      </div>
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        title="Delete all simulations of this account?"
        verb="Delete all simulations"
        onConfirm={() => {
          leaveOpen()
          deleteAll.mutate(account.id, {
            onSuccess: ({ deleted_count }) => showToast({ title: `${deleted_count} simulations deleted` }),
            onError: (error) =>
              showToast({ title: 'They are all still here.', detail: readProblem(error).detail }),
          })
        }}
      >
        {`Every what-if on ${account.name} goes for good. The account and its transactions are not touched.`}
      </ConfirmDialog>
    </>
  )
}

/** What is deleted cannot stay open: its address would ask for it again. */
function useLeaveOpen(accountId: string): () => void {
  const navigate = useNavigate()
  return () => void navigate({ to: '/twin', search: { account: accountId } })
}

function HistoryRow({
  simulation,
  currency,
  isOpen,
}: {
  simulation: PastSimulation
  currency: string
  isOpen: boolean
}) {
  const client = useQueryClient()
  const leaveOpen = useLeaveOpen(simulation.account_id)
  const title = scenarioTitle(simulation.scenario, simulation.amount, currency)
  return (
    <li className="history-row">
      <Link
        to="/twin"
        search={{ account: simulation.account_id, simulation: simulation.id }}
        className="row history-row__link"
        aria-current={isOpen ? 'true' : undefined}
        data-row
      >
        <span className="row__main">
          <span className="row__title amount">{title}</span>
          <span className="row__note">
            <When at={simulation.created_at} precise />
          </span>
        </span>
        <LevelBadge level={simulation.alert_level} />
        <span className="row__end history-row__balances">
          <Amount value={simulation.before_balance} currency={currency} />
          {' → '}
          <Amount value={simulation.after_balance} currency={currency} />
        </span>
      </Link>
      <IconButton
        label={`Delete “${title}”`}
        onClick={() => {
          if (isOpen) leaveOpen()
          deleteWithUndo({
            id: simulation.id,
            title: 'Simulation deleted',
            send: () => deleteSimulation(simulation.id),
            onDone: () => client.invalidateQueries({ queryKey: ['simulations'] }),
          })
        }}
      >
        <Trash2 aria-hidden="true" />
      </IconButton>
    </li>
  )
}
