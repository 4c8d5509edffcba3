// A bank statement, from the file to the ledger: what it would do is shown first, then done.
import { FileText } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { FormError } from '../../ui/states.tsx'
import { randomKey } from '../session/idempotency-key.ts'
import { type Problem, readProblem } from '../session/problem.ts'
import { type StatementImport, usePostStatement, usePreviewStatement } from './import-statement.ts'
import { importSentence, postVerb } from './import-words.ts'
import { StatementPreview } from './statement-preview.tsx'

export interface ImportDialogProps {
  file: File | null
  open: boolean
  /** Opens the file chooser of the system. */
  onChoose: () => void
  onClose: () => void
}

export function ImportDialog({ file, open, onChoose, onClose }: ImportDialogProps) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} size="wide" title="Import a statement">
      {file ? (
        <ImportFile
          key={`${file.name} ${file.size} ${file.lastModified}`}
          file={file}
          onChoose={onChoose}
          onClose={onClose}
        />
      ) : (
        <FileChooser onChoose={onChoose} />
      )}
    </Dialog>
  )
}

function FileChooser({ onChoose }: { onChoose: () => void }) {
  return (
    <div className="import__chooser">
      <FileText aria-hidden="true" size={28} strokeWidth={1.5} />
      <p>
        Drop a statement here, or choose one. OFX and QFX files from any bank work. Nothing is posted before
        you say so.
      </p>
      <Button look="primary" onClick={onChoose}>
        Choose a file
      </Button>
    </div>
  )
}

function ImportFile({ file, onChoose, onClose }: { file: File; onChoose: () => void; onClose: () => void }) {
  const preview = usePreviewStatement()
  const key = useMemo(randomKey, [])
  const post = usePostStatement(key)
  const start = preview.mutate
  useEffect(() => start(file), [file, start])

  if (post.data) return <ImportResult result={post.data} onClose={onClose} />
  if (preview.error) {
    return <BrokenFile file={file} problem={readProblem(preview.error)} onChoose={onChoose} />
  }
  if (!preview.data) {
    return (
      <>
        <FileLine name={file.name} format="reading …" />
        <SkeletonRows count={6} />
      </>
    )
  }
  const verb = postVerb(preview.data)
  return (
    <>
      <FileLine name={preview.data.file.name || file.name} format={preview.data.file.format} />
      {preview.data.statements.map((statement, index) => (
        <StatementPreview key={index} statement={statement} />
      ))}
      <FormError detail={post.error ? readProblem(post.error).detail : null} />
      <div className="import__foot">
        <p>{importSentence(preview.data)}</p>
        <div className="form__actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            busy={post.isPending}
            disabled={verb === null}
            onClick={() => post.mutate(file)}
          >
            {verb ?? 'Nothing new to post'}
          </Button>
        </div>
      </div>
    </>
  )
}

function FileLine({ name, format }: { name: string; format: string }) {
  return (
    <p className="import__file">
      <FileText aria-hidden="true" size={18} />
      <span>
        <b>{name}</b>, {format}
      </span>
    </p>
  )
}

function BrokenFile({ file, problem, onChoose }: { file: File; problem: Problem; onChoose: () => void }) {
  return (
    <>
      <FileLine name={file.name} format="nothing was posted" />
      <FormError detail={problem.detail} />
      {problem.errors.length > 0 && (
        <ul className="import__errors">
          {problem.errors.map((error) => (
            <li key={`${error.pointer} ${error.line} ${error.detail}`}>
              {error.detail}{' '}
              <span className="row__note">
                {[
                  error.line !== undefined && `line ${error.line}`,
                  error.column !== undefined && `column ${error.column}`,
                  error.element && `element ${error.element}`,
                ]
                  .filter(Boolean)
                  .join(', ')}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className="form__actions form__actions--end">
        <Button look="primary" onClick={onChoose}>
          Choose another file
        </Button>
      </div>
    </>
  )
}

function ImportResult({ result, onClose }: { result: StatementImport; onClose: () => void }) {
  return (
    <>
      <p role="status" className="transaction-detail__amount">
        {importSentence(result)}
      </p>
      {result.statements.map((statement, index) => (
        <StatementPreview key={index} statement={statement} summaryOnly />
      ))}
      <div className="form__actions form__actions--end">
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </>
  )
}
