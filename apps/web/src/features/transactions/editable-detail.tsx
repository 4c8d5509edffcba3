// One of a transaction's texts that a person may put in their own words, where it stands.
import { Pencil } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'

export interface EditableDetailProps {
  /** `Note` */
  name: string
  value: string | null
  /** What was posted; undefined where it stands as it was posted. */
  original: string | null | undefined
  maxLength: number
  suggestions?: readonly string[]
  /** Null shows nothing. Resolves to false when it could not be kept: what was typed stays. */
  onSave: (value: string | null) => Promise<boolean>
}

export function EditableDetail(props: EditableDetailProps) {
  const { name, value, original } = props
  const [editing, setEditing] = useState(false)
  const pencil = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(false)
  // The focus goes back to where the editing began.
  useEffect(() => {
    if (wasEditing.current && !editing) pencil.current?.focus()
    wasEditing.current = editing
  }, [editing])
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {editing ? (
          <DetailForm {...props} onStop={() => setEditing(false)} />
        ) : (
          <span className="editable">
            <span className={value === null ? 'editable__none' : undefined}>{value ?? 'None'}</span>
            <IconButton
              ref={pencil}
              label={`Change the ${name.toLowerCase()}`}
              className="editable__pencil"
              onClick={() => setEditing(true)}
            >
              <Pencil aria-hidden="true" />
            </IconButton>
          </span>
        )}
        {original !== undefined && (
          <p className="editable__original">
            {original === null ? `Posted without a ${name.toLowerCase()}` : `Posted as “${original}”`}
          </p>
        )}
      </dd>
    </div>
  )
}

function DetailForm(props: EditableDetailProps & { onStop: () => void }) {
  const { name, value, maxLength, suggestions = [], onSave, onStop } = props
  const [typed, setTyped] = useState(value ?? '')
  const [busy, setBusy] = useState(false)
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.select(), [])

  async function save(event: FormEvent) {
    event.preventDefault()
    const next = typed.trim() || null
    if (next === value) return onStop()
    setBusy(true)
    const kept = await onSave(next)
    setBusy(false)
    if (kept) onStop()
  }
  // Esc leaves the field, and not the dialog around it.
  function leave(event: KeyboardEvent) {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    onStop()
  }

  return (
    <form className="editable" onSubmit={save} onKeyDown={leave}>
      <input
        className="input"
        aria-label={name}
        list={suggestions.length > 0 ? listId : undefined}
        maxLength={maxLength}
        ref={input}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {suggestions.length > 0 && (
        <datalist id={listId}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
      <Button type="submit" size="small" look="primary" busy={busy}>
        Save
      </Button>
      <Button size="small" onClick={onStop}>
        Cancel
      </Button>
    </form>
  )
}
