// An address that leads nowhere.
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../ui/states.tsx'

export function PageMissing() {
  return (
    <main className="page">
      <EmptyState
        title="There is no page at this address"
        action={
          <Link to="/" className="button button--primary">
            Go to the dashboard
          </Link>
        }
      >
        It may have moved, or the link was cut short.
      </EmptyState>
    </main>
  )
}
