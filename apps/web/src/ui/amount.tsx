// Amounts of money as they stand on the page; one key blurs them all.
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatSignedMoney, formatSignedPercent, splitMoney } from './format-money.ts'
import { splitProse } from './split-prose.ts'
import './amount.css'

export interface AmountProps {
  value: number
  currency?: string | undefined
  size?: 'headline' | 'figure' | 'title' | 'body' | undefined
}

/** An amount with its symbol and fraction set quieter. A balance below zero has its sign and no colour. */
export function Amount({ value, currency, size = 'body' }: AmountProps) {
  return (
    <span className={`amount amount--${size}`}>
      {splitMoney(value, currency).map((part) => (
        <span key={part.kind + part.text} className={`amount__${part.kind}`}>
          {part.text}
        </span>
      ))}
    </span>
  )
}

/** Money in or out: sign always there, gains green. Money spent is ordinary and stays ink. */
export function Flow({ value, currency }: { value: number; currency?: string | undefined }) {
  return (
    <span className={value > 0 ? 'amount amount--in' : 'amount'}>{formatSignedMoney(value, currency)}</span>
  )
}

export interface ChangeProps {
  value: number
  currency?: string | undefined
  percent?: number | null | undefined
  /** The words for up, down and unmoved; a colour alone would not reach everyone. */
  words?: [up: string, down: string, same: string]
}

/** A gain or a loss: arrow, sign, colour and word. */
export function Change({ value, currency, percent, words = ['gain', 'loss', 'unchanged'] }: ChangeProps) {
  const side = value > 0 ? 'up' : value < 0 ? 'down' : 'same'
  return (
    <span className={`change change--${side}`}>
      {side === 'up' && <ArrowUp aria-hidden="true" size={14} />}
      {side === 'down' && <ArrowDown aria-hidden="true" size={14} />}
      <span className="amount">{formatSignedMoney(value, currency)}</span>
      {percent !== null && percent !== undefined && <span>{formatSignedPercent(percent)}</span>}
      <span className="change__word">{side === 'up' ? words[0] : side === 'down' ? words[1] : words[2]}</span>
    </span>
  )
}

/** A sentence from the server; the amounts within it blur like all others. */
export function Prose({ children }: { children: string }): ReactNode {
  return splitProse(children).map((piece, index) =>
    piece.amount ? (
      <span key={index} className="amount">
        {piece.text}
      </span>
    ) : (
      piece.text
    ),
  )
}
