// Deletions that can still be taken back: the row is hidden at once, the request goes out when the undo has passed.
import { useSyncExternalStore } from 'react'
import { showToast } from '../../ui/toast.tsx'
import { readProblem } from '../session/problem.ts'

interface Deletion {
  send: () => Promise<void>
}

const waiting = new Map<string, Deletion>()
const listeners = new Set<() => void>()
let hidden: ReadonlySet<string> = new Set()

export interface DeferredDeletion {
  id: string
  /** `Notification deleted` */
  title: string
  send: () => Promise<void>
  onDone: () => void
}

export function deleteWithUndo({ id, title, send, onDone }: DeferredDeletion): void {
  waiting.set(id, { send })
  publish()
  showToast({
    title,
    undo: () => {
      waiting.delete(id)
      publish()
    },
    onSettled: async () => {
      const deletion = waiting.get(id)
      if (!deletion) return
      try {
        await deletion.send()
      } catch (error) {
        showToast({ title: 'It could not be deleted and is back.', detail: readProblem(error).detail })
      }
      onDone()
      // The list is read again first, so that the row does not flash back in between.
      setTimeout(() => {
        waiting.delete(id)
        publish()
      }, 400)
    },
  })
}

/** The ids that are deleted for the eye already. */
export function useHidden(): ReadonlySet<string> {
  return useSyncExternalStore(subscribe, () => hidden)
}

/** Leaving the page is the end of the undo. */
export function sendDeletionsOnLeave(): void {
  addEventListener('pagehide', () => {
    for (const [id, deletion] of waiting) {
      waiting.delete(id)
      deletion.send().catch(() => undefined)
    }
  })
}

function publish(): void {
  hidden = new Set(waiting.keys())
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
