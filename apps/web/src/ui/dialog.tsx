// A dialog over the page: Esc and a click beside it close it, focus returns to where it came from.
import { Dialog as Headless } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Prose } from './amount.tsx'
import './dialog.css'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  size?: 'regular' | 'wide'
  children: ReactNode
}

export function Dialog({ open, onOpenChange, title, description, size = 'regular', children }: DialogProps) {
  return (
    <Headless.Root open={open} onOpenChange={onOpenChange}>
      <Headless.Portal>
        <Headless.Backdrop className="dialog-veil" />
        <Headless.Viewport className="dialog-viewport">
          <Headless.Popup className={`dialog dialog--${size}`}>
            <Headless.Title className="dialog__title">
              <Prose>{title}</Prose>
            </Headless.Title>
            {description && (
              <Headless.Description className="dialog__description">{description}</Headless.Description>
            )}
            {children}
            {/* Last, so that the first field has the focus when there is one. */}
            <Headless.Close className="icon-button dialog__close" aria-label="Close" title="Close">
              <X aria-hidden="true" />
            </Headless.Close>
          </Headless.Popup>
        </Headless.Viewport>
      </Headless.Portal>
    </Headless.Root>
  )
}
