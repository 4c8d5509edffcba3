// Where something will be, at the size it will have.
import './skeleton.css'

export interface SkeletonProps {
  shape?: 'line' | 'title' | 'figure' | 'headline' | 'chart' | 'block'
  short?: boolean
}

export function Skeleton({ shape = 'line', short = false }: SkeletonProps) {
  return (
    <span aria-hidden="true" className={`skeleton skeleton--${shape}${short ? ' skeleton--short' : ''}`} />
  )
}

/** Rows of a list or a table that is on its way. */
export function SkeletonRows({ count, tall = false }: { count: number; tall?: boolean }) {
  return (
    <div className={`skeleton-rows${tall ? ' skeleton-rows--tall' : ''}`} role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, row) => (
        <div className="skeleton-rows__row" key={row}>
          <Skeleton />
          <Skeleton short />
        </div>
      ))}
    </div>
  )
}
