// The mark: a line that forks.
import './brand.css'

export function Brand() {
  return (
    <span className="brand">
      <svg viewBox="0 0 28 24" aria-hidden="true">
        <path d="M2 17h9" />
        <path className="brand__future" d="M11 17c6 0 5-11 15-11" />
        <path className="brand__future brand__future--dashed" d="M11 17h15" />
        <circle cx="11" cy="17" r="3" />
      </svg>
      FinTwin
    </span>
  )
}
