// One of a few, side by side: radio buttons that look like a switch.
import { useId } from 'react'
import './segmented.css'

export interface Segment<Value extends string> {
  value: Value
  label: string
}

export interface SegmentedProps<Value extends string> {
  label: string
  value: Value
  segments: readonly Segment<Value>[]
  onChange: (value: Value) => void
  /** Shows the label above; otherwise it is only read out. */
  labelled?: boolean
}

export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, value, segments, onChange, labelled = false } = props
  const name = useId()
  return (
    <fieldset className="segmented">
      <legend className={labelled ? 'field__label' : 'visually-hidden'}>{label}</legend>
      <div className="segmented__track">
        {segments.map((segment) => (
          <label key={segment.value} className="segmented__option">
            <input
              type="radio"
              name={name}
              value={segment.value}
              checked={segment.value === value}
              onChange={() => onChange(segment.value)}
            />
            <span>{segment.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
