// A page: its name, what it says first, what one can do on it.
import { type ReactNode, useEffect } from 'react'
import { Prose } from './amount.tsx'

export interface PageProps {
  title: string
  /** What the headline figure is. */
  label?: string
  /** The one figure the page is about, below its (then small) name. */
  headline?: ReactNode
  sentence?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

export function Page({ title, label, headline, sentence, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · FinTwin`
  }, [title])
  return (
    <div className="page">
      <header className={headline ? 'page-head' : 'page-head page-head--titled'}>
        <div className="page-head__title">
          <h1>
            {title}
            {label && <span className="page-head__label">{label}</span>}
          </h1>
          {headline}
          {sentence && <div className="page-head__sentence">{sentence}</div>}
        </div>
        {actions && <div className="page-head__actions">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

export interface SectionProps {
  title: string
  aside?: ReactNode
  children: ReactNode
}

export function Section({ title, aside, children }: SectionProps) {
  return (
    <section className="section" aria-label={title}>
      <div className="section__head">
        <h2>
          <Prose>{title}</Prose>
        </h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
