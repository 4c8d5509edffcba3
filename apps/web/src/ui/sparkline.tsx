// A line the height of a word: the shape of a balance, without axes.
import { sparklinePath } from './sparkline-path.ts'
import './sparkline.css'

export interface SparklineProps {
  label: string
  points: readonly { date: string; value: number }[]
}

const width = 120
const height = 28

export function Sparkline({ label, points }: SparklineProps) {
  const path = sparklinePath(points, width, height)
  if (!path) return <span className="sparkline" aria-hidden="true" />
  return (
    <svg className="sparkline" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img">
      <title>{label}</title>
      <path d={path} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
