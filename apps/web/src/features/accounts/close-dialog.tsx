// Closes an account for good, or says what has to leave it first.
import { Amount } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { Account } from './get-accounts.ts'
import type { AccountDialogProps } from './rename-dialog.tsx'

export function CloseDialog({
  account,
  open,
  onOpenChange,
  onClose,
}: AccountDialogProps & { onClose: () => void }) {
  const held = account.held ?? 0
  if (account.balance === 0 && held === 0) {
    return (
      <ConfirmDialog
        open={open}
        onOpenChange={onOpenChange}
        title={`Close ${account.name}?`}
        verb="Close for good"
        keep="Keep it"
        onConfirm={onClose}
      >
        It takes no more transactions, and it cannot be opened again. What it did stays here to be read.
      </ConfirmDialog>
    )
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`${account.name} is not empty yet`}>
      <p>
        {account.balance === 0 ? (
          <>
            <Amount value={held} currency={account.currency} /> in it is on hold. Release the hold, or wait
            until it is over, and close the account then.
          </>
        ) : (
          <>
            Its balance is <Amount value={account.balance} currency={account.currency} />. {whatToDo(account)}
            , and close the account then.
          </>
        )}
      </p>
      <div className="form__actions form__actions--end">
        <Button look="primary" onClick={() => onOpenChange(false)}>
          All right
        </Button>
      </div>
    </Dialog>
  )
}

function whatToDo({ balance, status }: Account): string {
  if (balance < 0) return 'Pay what is owed'
  return status === 'frozen' ? 'Unfreeze it, move that to another account' : 'Move that to another account'
}
