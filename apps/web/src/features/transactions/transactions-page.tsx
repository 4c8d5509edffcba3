// Every transaction: find, post, import.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { FileUp, Plus } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { useMedia } from '../../ui/use-media.ts'
import { OpenHolds } from '../holds/open-holds.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { TransactionDialog } from './transaction-dialog.tsx'
import { TransactionFilters } from './transaction-filters.tsx'
import { TransactionList } from './transaction-list.tsx'
import type { TransactionsSearch } from './transactions-search.ts'
import { useFileDrop } from './use-file-drop.ts'
import './transactions.css'

export function TransactionsPage() {
  const { open, ...filters } = useSearch({ from: '/shell/transactions' })
  const navigate = useNavigate({ from: '/transactions' })
  const [file, setFile] = useState<File | null>(null)
  const fileInput = useRef<HTMLInputElement>(null)
  const dragging = useFileDrop(setFile)
  const setOpen = (next: string | undefined) =>
    navigate({ search: next ? { ...filters, open: next } : filters, replace: true })
  const chooseFile = () => fileInput.current?.click()

  return (
    <Page
      title="Transactions"
      sentence={<HowToImport />}
      actions={<Actions onImport={chooseFile} onPost={() => setOpen('new')} />}
    >
      <FileInput input={fileInput} onFile={setFile} />
      {isUnfiltered(filters) && <OpenHolds accountId={filters.account} />}
      <FoundTransactions filters={filters} onPost={() => setOpen('new')} onImport={chooseFile} />
      <TransactionDialog
        open={open === 'new'}
        onOpenChange={(next) => setOpen(next ? 'new' : undefined)}
        accountId={filters.account}
      />
      <ImportDialog
        file={file}
        open={file !== null || open === 'import'}
        onChoose={chooseFile}
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

/** What waits stands above the list; a search is for what was posted. */
function isUnfiltered({ account, ...others }: Omit<TransactionsSearch, 'open'>): boolean {
  return Object.keys(others).length === 0
}

function HowToImport() {
  const hasMouse = useMedia('(pointer: fine)')
  return hasMouse
    ? 'Drop a bank statement anywhere on this page to import it.'
    : 'Import a statement from your bank, or post by hand.'
}

function Actions({ onImport, onPost }: { onImport: () => void; onPost: () => void }) {
  return (
    <>
      <Button icon={<FileUp aria-hidden="true" />} onClick={onImport}>
        Import a statement
      </Button>
      <Button look="primary" icon={<Plus aria-hidden="true" />} onClick={onPost}>
        Post a transaction
      </Button>
    </>
  )
}

interface FileInputProps {
  input: RefObject<HTMLInputElement | null>
  onFile: (file: File | null) => void
}

function FileInput({ input, onFile }: FileInputProps) {
  return (
    <input
      ref={input}
      type="file"
      className="visually-hidden"
      tabIndex={-1}
      aria-label="Statement file"
      accept=".ofx,.qfx,application/x-ofx"
      onChange={(event) => {
        onFile(event.target.files?.[0] ?? null)
        // The same file may be chosen again.
        event.target.value = ''
      }}
    />
  )
}

interface FoundTransactionsProps {
  filters: Omit<TransactionsSearch, 'open'>
  onPost: () => void
  onImport: () => void
}

function FoundTransactions({ filters, onPost, onImport }: FoundTransactionsProps) {
  const navigate = useNavigate({ from: '/transactions' })
  const { account, ...others } = filters
  const hasFilters = Object.keys(filters).length > 0
  const onClear = hasFilters ? () => navigate({ search: {}, replace: true }) : undefined
  return (
    <div className="section">
      <TransactionFilters
        search={filters}
        onChange={(change) => navigate({ search: withoutEmpty({ ...filters, ...change }), replace: true })}
        onClear={onClear}
      />
      <h2 className="visually-hidden">Month by month</h2>
      <TransactionList
        filter={{ ...others, account_id: account }}
        accountId={account}
        onPost={onPost}
        onImport={onImport}
        onClear={onClear}
      />
    </div>
  )
}

function withoutEmpty(filters: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filters).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
}
