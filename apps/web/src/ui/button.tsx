// A button whose words say what will happen.
import type { ComponentProps, ReactNode } from 'react'
import './button.css'

export interface ButtonProps extends ComponentProps<'button'> {
  look?: 'primary' | 'quiet' | 'plain' | 'caution'
  size?: 'regular' | 'small'
  busy?: boolean
  icon?: ReactNode
}

export function Button(props: ButtonProps) {
  const { look = 'quiet', size = 'regular', busy = false, icon, className, children, ...rest } = props
  return (
    <button
      type="button"
      {...rest}
      className={['button', `button--${look}`, size === 'small' && 'button--small', className]
        .filter(Boolean)
        .join(' ')}
      aria-busy={busy || undefined}
      disabled={rest.disabled || busy}
    >
      {icon}
      <span>{children}</span>
      {busy && <span className="button__busy" aria-hidden="true" />}
    </button>
  )
}

export interface IconButtonProps extends ComponentProps<'button'> {
  label: string
}

/** A button with a picture only; its label is read out and shown on hover. */
export function IconButton({ label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={['icon-button', className].filter(Boolean).join(' ')}
    />
  )
}
