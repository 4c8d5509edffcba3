// Whether a transaction was taken back, the way to what took it back, and the button that does it.
import { Undo2 } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { Prose } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { readProblem } from '../session/problem.ts'
import type { TransactionDetail } from './get-transaction.ts'
import { type ReversalOffer, reversalOffer } from './reversal-words.ts'
import { useReverseTransaction } from './reverse-transaction.ts'
import type { AccountNames } from './transaction-words.ts'

export interface ReversalSectionProps {
  transaction: TransactionDetail
  names: AccountNames
  /** Shows another transaction in this one's place. */
  onFollow: (id: string) => void
}

export function ReversalSection({ transaction, names, onFollow }: ReversalSectionProps) {
  const { id, reverses, reversed_by: reversedBy, irreversible_because: why } = transaction
  const [asking, setAsking] = useState(false)
  const reverse = useReverseTransaction()
  const offer = reversalOffer(transaction, names)
  if (reverses)
    return <LinkLine words="This takes back an earlier transaction." id={reverses} {...{ onFollow }} />
  if (reversedBy) return <LinkLine words="This was taken back." id={reversedBy} {...{ onFollow }} />
  if (!offer) return why && <p className="reversal__why">{why}</p>
  if (!asking) {
    return (
      <div className="form__actions">
        <Button icon={<Undo2 aria-hidden="true" />} onClick={() => setAsking(true)}>
          {offer.verb} …
        </Button>
      </div>
    )
  }
  return (
    <Question
      offer={offer}
      busy={reverse.isPending}
      error={reverse.error ? readProblem(reverse.error).detail : null}
      onKeep={() => {
        reverse.reset()
        setAsking(false)
      }}
      onConfirm={() =>
        reverse.mutate(id, { onSuccess: () => showToast({ title: 'Taken back', detail: offer.effect }) })
      }
    />
  )
}

interface QuestionProps {
  offer: ReversalOffer
  busy: boolean
  error: string | null
  onKeep: () => void
  onConfirm: () => void
}

/** What it will do, before it does it. It is read out at once. */
function Question({ offer, busy, error, onKeep, onConfirm }: QuestionProps) {
  const question = useRef<HTMLElement>(null)
  const titleId = useId()
  const effectId = useId()
  useEffect(() => {
    question.current?.focus()
    question.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <section
      ref={question}
      className="reversal"
      tabIndex={-1}
      aria-labelledby={titleId}
      aria-describedby={effectId}
    >
      <h3 id={titleId}>
        <Prose>{offer.title}</Prose>
      </h3>
      <p id={effectId}>
        <Prose>{offer.effect}</Prose>
      </p>
      <FormError detail={error} />
      <div className="form__actions form__actions--end">
        <Button onClick={onKeep}>Keep it</Button>
        <Button look="caution" busy={busy} onClick={onConfirm}>
          {offer.verb}
        </Button>
      </div>
    </section>
  )
}

function LinkLine({ words, id, onFollow }: { words: string; id: string; onFollow: (id: string) => void }) {
  return (
    <p className="reversal__link">
      <Prose>{words}</Prose>{' '}
      <Button look="plain" size="small" onClick={() => onFollow(id)}>
        Show it
      </Button>
    </p>
  )
}
