// The list of keys, opened with a question mark.
import { Dialog } from '../ui/dialog.tsx'
import { commandKey, Kbd } from '../ui/kbd.tsx'
import { places } from './navigation.ts'

const everywhere: readonly [string, string[]][] = [
  ['Search and commands', [commandKey, 'K']],
  ['Post a transaction', ['N']],
  ['Blur or show every figure', ['Shift', 'P']],
  ['Next and previous row of a list', ['J', 'K']],
  ['Read a chart, when it has the focus', ['←', '→']],
  ['Close what is open', ['Esc']],
  ['This list', ['?']],
]

export function ShortcutsDialog({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts">
      <dl className="shortcuts">
        {everywhere.map(([name, keys]) => (
          <Row key={name} name={name} keys={keys} />
        ))}
        {places.map((place) => (
          <Row key={place.to} name={`Go to ${place.name}`} keys={['G', place.key.toUpperCase()]} />
        ))}
      </dl>
    </Dialog>
  )
}

function Row({ name, keys }: { name: string; keys: readonly string[] }) {
  return (
    <div className="shortcuts__row">
      <dt>{name}</dt>
      <dd>
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dd>
    </div>
  )
}
