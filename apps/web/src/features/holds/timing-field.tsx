// Asks when a payment goes.
import { SelectField } from '../../ui/field.tsx'
import { type Timing, timingsOf, timingWords } from './timing.ts'

export interface TimingFieldProps {
  /** Of the transaction. */
  type: string
  value: Timing
  onChange: (timing: Timing) => void
}

export function TimingField({ type, value, onChange }: TimingFieldProps) {
  const timings = timingsOf(type)
  if (timings.length < 2) return null
  return (
    <SelectField
      label="When"
      value={value}
      hint={timingWords[value].hint}
      onChange={(event) => onChange(event.target.value as Timing)}
    >
      {timings.map((timing) => (
        <option key={timing} value={timing}>
          {timingWords[timing].option}
        </option>
      ))}
    </SelectField>
  )
}
