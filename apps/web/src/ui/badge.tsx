// A word in a tint: a state, a kind, a level.
import type { ReactNode } from 'react'
import './badge.css'

export interface BadgeProps {
  tone?: 'plain' | 'accent' | 'caution' | 'strong'
  children: ReactNode
}

export function Badge({ tone = 'plain', children }: BadgeProps) {
  return <span className={`badge badge--${tone}`}>{children}</span>
}
