// What login and register share: the form at one side, what FinTwin is at the other, drawn.
import { type ReactNode, useEffect } from 'react'
import { Brand } from '../../ui/brand.tsx'
import './auth.css'

export function AuthLayout({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · FinTwin`
  }, [title])
  return (
    <div className="auth">
      <main className="auth__main">
        <Brand />
        <div className="auth__form">
          <h1>{title}</h1>
          {children}
        </div>
      </main>
      <aside className="auth__aside" aria-label="What FinTwin is">
        <ForkDrawing />
        <p className="auth__claim">Your money, kept in a real ledger. A twin of it, to try the future on.</p>
        <p>
          Fork it, play a withdrawal or a rate change, see where the balance goes. The ledger itself never
          moves.
        </p>
      </aside>
    </div>
  )
}

/** A balance as it was, solid, up to today; three futures, dashed, and the band they span. */
function ForkDrawing() {
  const past =
    'M0 262H34V150H52V176H86V190H112V214H140V232H158V118H176V146H206V160H232V186H258V204H276V92H296V122H322'
  return (
    <svg className="fork-drawing" viewBox="0 0 640 320" role="img">
      <title>A balance up to today, and three futures that begin there</title>
      <path className="fork-drawing__rule" d="M0 60H640M0 125H640M0 190H640M0 255H640" />
      <path className="fork-drawing__band" d="M322 122C400 100 480 44 640 22V300C500 262 410 160 322 122Z" />
      <path className="fork-drawing__band" d="M322 122C410 108 500 84 640 68V214C510 196 410 140 322 122Z" />
      <path className="fork-drawing__future" d="M322 122C410 112 500 76 640 50" />
      <path
        className="fork-drawing__future fork-drawing__future--main"
        d="M322 122C420 118 510 132 640 138"
      />
      <path className="fork-drawing__future" d="M322 122C400 148 500 216 640 252" />
      <path className="fork-drawing__fork" d="M322 16V304" />
      <text x="330" y="30">
        today
      </text>
      <path className="fork-drawing__past" d={past} />
      <circle cx="322" cy="122" r="5.5" />
    </svg>
  )
}
