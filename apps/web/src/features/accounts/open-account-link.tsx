// Leads from an empty view to where an account is opened.
import { Link } from '@tanstack/react-router'

export function OpenAccountLink() {
  return (
    <Link to="/accounts" className="button button--primary">
      Go to accounts
    </Link>
  )
}
