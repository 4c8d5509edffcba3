// A figure chosen by sliding; the keyboard steps it.
import type { ComponentProps, CSSProperties } from 'react'
import './slider.css'

export interface SliderProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  label: string
  /** What is read out for the value, with its unit. */
  valueText: string
  value: number
  min: number
  max: number
  onChange: (value: number) => void
}

export function Slider({ label, valueText, value, min, max, onChange, ...rest }: SliderProps) {
  const zero = max > min ? ((Math.max(min, 0) - min) / (max - min)) * 100 : 0
  const here = max > min ? ((Math.min(max, Math.max(min, value)) - min) / (max - min)) * 100 : 0
  const fill = { '--from': `${Math.min(zero, here)}%`, '--to': `${Math.max(zero, here)}%` } as CSSProperties
  return (
    <input
      {...rest}
      type="range"
      className="slider"
      style={fill}
      aria-label={label}
      aria-valuetext={valueText}
      min={min}
      max={max}
      value={value}
      onChange={(event) => onChange(Number(event.target.value))}
    />
  )
}
