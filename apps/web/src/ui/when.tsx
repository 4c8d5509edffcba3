// A moment: in words when near, the full date on hover.
import { formatAgo, formatDay, formatFullDate } from './format-date.ts'

export function When({ at, precise = false }: { at: string; precise?: boolean }) {
  const date = new Date(at)
  return (
    <time dateTime={at} title={formatFullDate(date)}>
      {precise ? formatAgo(date) : formatDay(date)}
    </time>
  )
}
