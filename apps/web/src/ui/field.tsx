// Form fields: a label above, a hint or what is wrong below, both tied to the control.
import { TriangleAlert } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'
import './field.css'

interface FieldShell {
  label: string
  hint?: ReactNode
  error?: string | undefined
  /** Said behind the label, for what may be left out. */
  optional?: boolean
}

export function TextField({ label, hint, error, optional, ...rest }: FieldShell & ComponentProps<'input'>) {
  const id = useId()
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional}>
      <input {...rest} {...wiring(id, hint, error)} className={classOf('input', rest.className)} />
    </Field>
  )
}

/** A figure: right keyboard on phones, tabular digits, the currency's symbol in front. */
export function AmountField(
  props: FieldShell & ComponentProps<'input'> & { symbol?: string; unit?: string },
) {
  const { label, hint, error, optional, symbol, unit, ...rest } = props
  const id = useId()
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional}>
      <div className="input input--amount">
        {symbol && <span aria-hidden="true">{symbol}</span>}
        <input inputMode="decimal" autoComplete="off" {...rest} {...wiring(id, hint, error)} />
        {unit && <span aria-hidden="true">{unit}</span>}
      </div>
    </Field>
  )
}

export function SelectField({
  label,
  hint,
  error,
  optional,
  children,
  ...rest
}: FieldShell & ComponentProps<'select'>) {
  const id = useId()
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional}>
      <select
        {...rest}
        {...wiring(id, hint, error)}
        className={classOf('input input--select', rest.className)}
      >
        {children}
      </select>
    </Field>
  )
}

export function Checkbox({ label, ...rest }: { label: string } & ComponentProps<'input'>) {
  return (
    <label className="check">
      <input type="checkbox" {...rest} />
      {label}
    </label>
  )
}

function Field({
  id,
  label,
  hint,
  error,
  optional,
  children,
}: {
  id: string
  label: string
  hint: ReactNode
  error: string | undefined
  optional: boolean | undefined
  children: ReactNode
}) {
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {label}
        {optional && <span className="field__optional"> (optional)</span>}
      </label>
      {children}
      {error ? (
        <p className="field__error" id={`${id}-note`}>
          <TriangleAlert aria-hidden="true" size={14} />
          {error}
        </p>
      ) : (
        hint && (
          <p className="field__hint" id={`${id}-note`}>
            {hint}
          </p>
        )
      )}
    </div>
  )
}

function wiring(id: string, hint: ReactNode, error: string | undefined) {
  return {
    id,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': error || hint ? `${id}-note` : undefined,
  }
}

function classOf(own: string, given: string | undefined): string {
  return given ? `${own} ${given}` : own
}
