// What a view shows when it has nothing, or could not get what it wanted.
import { RotateCcw, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Prose } from './amount.tsx'
import { Button } from './button.tsx'
import './states.css'

export interface EmptyStateProps {
  title: string
  children: ReactNode
  action?: ReactNode
}

/** Nothing here yet: says the next step and offers it. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="state">
      <svg className="state__mark" viewBox="0 0 96 40" aria-hidden="true">
        <path d="M2 28h38" />
        <path className="state__future" d="M40 28c22 0 20-22 54-22" />
        <path className="state__future" d="M40 28h54" />
        <circle cx="40" cy="28" r="4" />
      </svg>
      <h3>{title}</h3>
      <p>{children}</p>
      {action && <div className="state__action">{action}</div>}
    </div>
  )
}

export interface ErrorStateProps {
  /** The sentence the server, or the network, gave. */
  detail: string
  /** What still works meanwhile. */
  stillWorks?: string | undefined
  onRetry?: (() => void) | undefined
}

export function ErrorState({ detail, stillWorks, onRetry }: ErrorStateProps) {
  return (
    <div className="state state--error" role="alert">
      <h3>
        <TriangleAlert className="state__icon" aria-hidden="true" size={16} /> {detail}
      </h3>
      {stillWorks && <p>{stillWorks}</p>}
      {onRetry && (
        <div className="state__action">
          <Button size="small" icon={<RotateCcw aria-hidden="true" />} onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </div>
  )
}

/** A refusal within a form: the one sentence, above the button that was pressed. */
export function FormError({ detail }: { detail: string | null }) {
  if (!detail) return null
  return (
    <p className="form-error" role="alert">
      <TriangleAlert aria-hidden="true" size={16} />
      <span>
        <Prose>{detail}</Prose>
      </span>
    </p>
  )
}
