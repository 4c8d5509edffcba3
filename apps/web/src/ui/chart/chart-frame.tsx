// What stands around every chart: its title, its controls, the read-out, and the same figures as a table.
import { ChartLine, Table2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Prose } from '../amount.tsx'
import { Button } from '../button.tsx'
import { ScrollRegion } from '../scroll-region.tsx'
import { Skeleton } from '../skeleton.tsx'
import { ErrorState } from '../states.tsx'
import './chart.css'
import '../table.css'

export interface ChartFrameProps {
  title: string
  sentence?: ReactNode
  controls?: ReactNode
  readOut?: ReactNode
  size?: 'regular' | 'small'
  table: ReactNode
  children: ReactNode
}

export function ChartFrame({
  title,
  sentence,
  controls,
  readOut,
  size = 'regular',
  table,
  children,
}: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false)
  return (
    <figure className={`chart chart--${size}`}>
      <figcaption className="chart__head">
        <div className="chart__titles">
          <h2>
            <Prose>{title}</Prose>
          </h2>
          {sentence && <p>{sentence}</p>}
        </div>
        {controls && <div className="chart__controls">{controls}</div>}
      </figcaption>
      {asTable ? (
        <ScrollRegion className="chart__table" label={`${title}, as a table`}>
          {table}
        </ScrollRegion>
      ) : (
        <div className="chart__body">{children}</div>
      )}
      <div className="chart__foot">
        <div className="chart__foot-start">{!asTable && readOut}</div>
        <Button
          look="plain"
          size="small"
          icon={asTable ? <ChartLine aria-hidden="true" /> : <Table2 aria-hidden="true" />}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? 'View as chart' : 'View as table'}
        </Button>
      </div>
    </figure>
  )
}

/** Where the drawing would be, when the part of the app that draws did not arrive. */
export function ChartMissing({ onRetry }: { onRetry: () => void }) {
  return (
    <div className="chart__missing">
      <ErrorState
        detail="The chart could not be loaded."
        stillWorks="“View as table” has the same figures."
        onRetry={onRetry}
      />
    </div>
  )
}

/** A chart that is on its way, at its full size. */
export function ChartSkeleton({ title, size = 'regular' }: { title: string; size?: 'regular' | 'small' }) {
  return (
    <div className={`chart chart--${size}`} role="status" aria-label={`${title}, loading`}>
      <div className="chart__head">
        <div className="chart__titles">
          <h2>{title}</h2>
        </div>
      </div>
      <Skeleton shape="chart" />
      <div className="chart__foot" />
    </div>
  )
}
