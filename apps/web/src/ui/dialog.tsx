// A dialog over the page: Esc and a click beside it close it, focus returns to where it came from.
import { Dialog as Headless } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
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
            <div className="dialog__head">
              <Headless.Title className="dialog__title">{title}</Headless.Title>
              <Headless.Close className="icon-button" aria-label="Close" title="Close">
                <X aria-hidden="true" />
              </Headless.Close>
            </div>
            {description && (
              <Headless.Description className="dialog__description">{description}</Headless.Description>
            )}
            {children}
          </Headless.Popup>
        </Headless.Viewport>
      </Headless.Portal>
    </Headless.Root>
  )
}
