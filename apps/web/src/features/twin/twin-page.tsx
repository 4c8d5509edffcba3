// The quick what-if: an account, a scenario, an amount; the fork follows the slider, the run is kept with its proof.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { formatFigure } from '../../ui/format-money.ts'
import { Page, Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { type Account, useAccounts } from '../accounts/get-accounts.ts'
import { OpenAccountLink } from '../accounts/open-account-link.tsx'
import { readProblem } from '../session/problem.ts'
import { ForkChart } from './fork-chart.tsx'
import { useSimulation } from './get-simulation.ts'
import type { PastSimulation } from './get-simulations.ts'
import { fromPast, type Outcome } from './outcome.ts'
import { useRunSimulation } from './run-simulation.ts'
import { type Draft, type DraftChange, SimulationForm, useDraft } from './simulation-form.tsx'
import { SimulationHistory } from './simulation-history.tsx'
import { SimulationResult } from './simulation-result.tsx'
import './twin.css'

export function TwinPage() {
  const accounts = useAccounts()
  const search = useSearch({ from: '/shell/twin' })
  return (
    <Page
      title="Digital Twin"
      sentence="Fork an account and try something on the fork. The live ledger stays exactly as it is, and each run proves it."
    >
      {accounts.isPending && <Skeleton shape="chart" />}
      {accounts.isError && (
        <ErrorState
          detail={readProblem(accounts.error).detail}
          stillWorks="Past simulations are kept."
          onRetry={() => accounts.refetch()}
        />
      )}
      {accounts.data?.length === 0 && (
        <EmptyState title="There is nothing to fork yet" action={<OpenAccountLink />}>
          Open an account first, or import a statement; then try what a withdrawal would do to it.
        </EmptyState>
      )}
      {accounts.data && accounts.data.length > 0 && (
        <Workbench accounts={accounts.data} wanted={search.account} simulationId={search.simulation} />
      )}
    </Page>
  )
}

interface WorkbenchProps {
  accounts: readonly Account[]
  wanted: string | undefined
  simulationId: string | undefined
}

function Workbench({ accounts, wanted, simulationId }: WorkbenchProps) {
  const past = useSimulation(simulationId)
  const run = useRunSimulation()
  const navigate = useNavigate({ from: '/twin' })
  const chosen = past.data?.account_id ?? wanted
  // Without a wish, the first account that holds something: an empty one has nothing to try.
  const account =
    accounts.find((one) => one.id === chosen) ?? accounts.find((one) => one.balance !== 0) ?? accounts[0]
  const [ownDraft, setDraft] = useDraft(account)
  const draft = simulationId && past.data ? draftOf(past.data) : ownDraft
  const outcome = useOutcome(simulationId, past.data, run.data, account?.id)
  if (!account) return null

  function change(next: DraftChange) {
    // What is looked at becomes what is worked on.
    setDraft({ ...draft, ...next })
    if (simulationId) navigate({ search: { account: account?.id ?? '' }, replace: true })
  }

  return (
    <>
      <div className="workbench">
        <SimulationForm
          accounts={accounts}
          account={account}
          draft={draft}
          error={run.error}
          busy={run.isPending}
          onAccount={(id) => {
            run.reset()
            setDraft({ amount: undefined })
            navigate({ search: { account: id }, replace: true })
          }}
          onChange={change}
          onRun={(request) => {
            if (simulationId) navigate({ search: { account: account.id }, replace: true })
            run.mutate(request)
          }}
        />
        <ForkChart account={account} draft={draft} outcome={simulationId ? outcome : null} />
      </div>
      {simulationId && past.isError && <ErrorState detail={readProblem(past.error).detail} />}
      {outcome && <SimulationResult account={account} outcome={outcome} />}
      <Section title="Past simulations" aside={<span className="section__aside">{account.name}</span>}>
        <SimulationHistory account={account} openId={simulationId} />
      </Section>
    </>
  )
}

/** A past simulation as the form had it. */
function draftOf({ scenario, amount }: PastSimulation): Draft {
  return { scenario, amount: formatFigure(amount) }
}

/** What the result shows: a past simulation that was opened, else the one just run. */
function useOutcome(
  simulationId: string | undefined,
  past: Parameters<typeof fromPast>[0] | undefined,
  ran: Outcome | undefined,
  accountId: string | undefined,
): Outcome | null {
  return useMemo(() => {
    if (simulationId) return past ? fromPast(past) : null
    return ran && ran.account_id === accountId ? ran : null
  }, [simulationId, past, ran, accountId])
}
