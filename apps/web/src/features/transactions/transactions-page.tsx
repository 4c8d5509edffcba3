// Every transaction: find, post, import.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { FileUp, Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { useMedia } from '../../ui/use-media.ts'
import { ImportDialog } from './import-dialog.tsx'
import { TransactionDialog } from './transaction-dialog.tsx'
import { TransactionFilters } from './transaction-filters.tsx'
import { TransactionList } from './transaction-list.tsx'
import { useFileDrop } from './use-file-drop.ts'
import './transactions.css'

export function TransactionsPage() {
  const search = useSearch({ from: '/shell/transactions' })
  const navigate = useNavigate({ from: '/transactions' })
  const [file, setFile] = useState<File | null>(null)
  const fileInput = useRef<HTMLInputElement>(null)
  const dragging = useFileDrop(setFile)
  const hasMouse = useMedia('(pointer: fine)')

  const { open, ...filters } = search
  const setOpen = (next: string | undefined) =>
    navigate({ search: next ? { ...filters, open: next } : filters, replace: true })
  const chooseFile = () => fileInput.current?.click()
  const hasFilters = Object.keys(filters).length > 0

  return (
    <Page
      title="Transactions"
      sentence={
        hasMouse
          ? 'Drop a bank statement anywhere on this page to import it.'
          : 'Import a statement from your bank, or post by hand.'
      }
      actions={
        <>
          <Button icon={<FileUp aria-hidden="true" />} onClick={chooseFile}>
            Import a statement
          </Button>
          <Button look="primary" icon={<Plus aria-hidden="true" />} onClick={() => setOpen('new')}>
            Post a transaction
          </Button>
        </>
      }
    >
      <input
        ref={fileInput}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label="Statement file"
        accept=".ofx,.qfx,.qif,.csv,.xml,.sta,.mt940,application/x-ofx,text/*"
        onChange={(event) => {
          setFile(event.target.files?.[0] ?? null)
          event.target.value = ''
        }}
      />
      <div className="section">
        <TransactionFilters
          search={filters}
          onChange={(change) => navigate({ search: withoutEmpty({ ...filters, ...change }), replace: true })}
          onClear={hasFilters ? () => navigate({ search: {}, replace: true }) : undefined}
        />
        <h2 className="visually-hidden">All transactions</h2>
        <TransactionList
          filter={{
            account_id: search.account,
            type: search.type,
            q: search.q,
            from: search.from,
            to: search.to,
          }}
          accountId={search.account}
          onPost={() => setOpen('new')}
          onImport={chooseFile}
          onClear={hasFilters ? () => navigate({ search: {}, replace: true }) : undefined}
        />
      </div>
      <TransactionDialog
        open={open === 'new'}
        onOpenChange={(next) => setOpen(next ? 'new' : undefined)}
        accountId={search.account}
      />
      <ImportDialog
        file={file}
        open={file !== null || open === 'import'}
        onFile={setFile}
        onClose={() => {
          setFile(null)
          if (open === 'import') setOpen(undefined)
        }}
      />
      {dragging && (
        <div className="drop-target" aria-hidden="true">
          <p>Drop the statement to see what it would post</p>
        </div>
      )}
    </Page>
  )
}

function withoutEmpty(filters: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filters).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
}
