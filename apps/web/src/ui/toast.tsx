// Short messages at the foot of the page, with an undo where there is one.
import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Prose } from './amount.tsx'
import './toast.css'

const manager = Toast.createToastManager()

export interface ToastMessage {
  title: string
  detail?: string | undefined
  undo?: (() => void) | undefined
  /** Called when the message leaves without an undo. */
  onSettled?: (() => void) | undefined
}

/** Shows a message for a while; with an undo it stays a little longer. */
export function showToast({ title, detail, undo, onSettled }: ToastMessage): void {
  let undone = false
  const id = manager.add({
    title,
    description: detail,
    timeout: undo ? 7000 : 5000,
    onClose: () => {
      if (!undone) onSettled?.()
    },
    ...(undo && {
      actionProps: {
        children: 'Undo',
        onClick: () => {
          undone = true
          undo()
          manager.close(id)
        },
      },
    }),
  })
}

export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="toasts" aria-label="Messages">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast">
      <Toast.Content className="toast__content">
        <div className="toast__text">
          <Toast.Title className="toast__title">{prose(toast.title)}</Toast.Title>
          {toast.description && (
            <Toast.Description className="toast__detail">{prose(toast.description)}</Toast.Description>
          )}
        </div>
        <Toast.Action className="toast__action" />
        <Toast.Close className="toast__close" aria-label="Dismiss">
          <X aria-hidden="true" size={16} />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}

/** Amounts in a message blur like all others. */
function prose(text: ReactNode): ReactNode {
  return typeof text === 'string' ? <Prose>{text}</Prose> : text
}
