// What is left when a page breaks: the sentence, and a way on.
import type { ErrorComponentProps } from '@tanstack/react-router'
import { readProblem } from '../features/session/problem.ts'
import { ErrorState } from '../ui/states.tsx'

export function PageError({ error, reset }: ErrorComponentProps) {
  return (
    <main className="page">
      <ErrorState
        detail={readProblem(error).detail}
        stillWorks="Nothing was lost: the ledger is on the server."
        onRetry={() => {
          reset()
          location.reload()
        }}
      />
    </main>
  )
}
