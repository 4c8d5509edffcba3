// Asks once before something that cannot be undone; the button says what it will do.
import { AlertDialog } from '@base-ui/react/alert-dialog'
import { Button } from './button.tsx'
import './dialog.css'

export interface ConfirmDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  children: string
  verb: string
  /** What the other button says. */
  keep?: string
  onConfirm: () => void
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, children, verb, keep = 'Keep', onConfirm } = props
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="dialog-veil" />
        <AlertDialog.Viewport className="dialog-viewport">
          <AlertDialog.Popup className="dialog">
            <AlertDialog.Title className="dialog__title">{title}</AlertDialog.Title>
            <AlertDialog.Description className="dialog__description">{children}</AlertDialog.Description>
            <div className="form__actions form__actions--end">
              <AlertDialog.Close className="button button--quiet">{keep}</AlertDialog.Close>
              <Button
                look="caution"
                onClick={() => {
                  onOpenChange(false)
                  onConfirm()
                }}
              >
                {verb}
              </Button>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
