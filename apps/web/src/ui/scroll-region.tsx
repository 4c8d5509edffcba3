// A part of the page that scrolls by itself; the keyboard can reach it to do so.
import type { ReactNode } from 'react'

export interface ScrollRegionProps {
  label: string
  className?: string
  children: ReactNode
}

export function ScrollRegion({ label, className = '', children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the arrow keys could not scroll what overflows
    <section className={`table-scroll ${className}`} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
