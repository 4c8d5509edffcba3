// A risk score on its scale of 0 to 100, with the two thresholds and the level as a word.
import type { CSSProperties } from 'react'
import { Badge } from './badge.tsx'
import './risk-meter.css'

export type AlertLevel = 'low' | 'medium' | 'high'

const words: Record<AlertLevel, string> = { low: 'Low risk', medium: 'Medium risk', high: 'High risk' }

export function LevelBadge({ level }: { level: AlertLevel }) {
  return (
    <Badge tone={level === 'high' ? 'strong' : level === 'medium' ? 'caution' : 'plain'}>
      {words[level]}
    </Badge>
  )
}

export interface RiskMeterProps {
  score: number
  level: AlertLevel
  /** The score it is compared with, shown as a hollow mark. */
  before?: number | undefined
  label?: string
}

export function RiskMeter({ score, level, before, label = 'Risk score' }: RiskMeterProps) {
  const position = { '--at': `${score}%` } as CSSProperties
  return (
    // biome-ignore lint/a11y/useSemanticElements: a meter element cannot show thresholds and a mark
    <div
      className={`risk-meter risk-meter--${level}`}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={score}
      aria-valuetext={`${score} of 100, ${words[level].toLowerCase()}`}
    >
      <div className="risk-meter__scale">
        <span className="risk-meter__fill" style={position} />
        <span className="risk-meter__threshold risk-meter__threshold--medium" />
        <span className="risk-meter__threshold risk-meter__threshold--high" />
        {before !== undefined && before !== score && (
          <span className="risk-meter__before" style={{ '--at': `${before}%` } as CSSProperties} />
        )}
        <span className="risk-meter__mark" style={position} />
      </div>
      <div className="risk-meter__words" aria-hidden="true">
        <span>low</span>
        <span>medium</span>
        <span>high</span>
      </div>
    </div>
  )
}
