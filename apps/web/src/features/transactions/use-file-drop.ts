// Takes a file dropped anywhere on the page.
import { useEffect, useRef, useState } from 'react'

/** Calls `onFile` with the dropped file; tells whether one is being dragged over the page. */
export function useFileDrop(onFile: (file: File) => void): boolean {
  const [dragging, setDragging] = useState(false)
  const latest = useRef(onFile)
  latest.current = onFile
  useEffect(() => {
    // Entering a child comes before leaving its parent, so the two are counted.
    let depth = 0
    const handlers = {
      dragenter(event: DragEvent) {
        if (!carriesFiles(event)) return
        depth += 1
        setDragging(true)
      },
      dragleave(event: DragEvent) {
        if (!carriesFiles(event)) return
        depth = Math.max(0, depth - 1)
        if (depth === 0) setDragging(false)
      },
      dragover(event: DragEvent) {
        if (carriesFiles(event)) event.preventDefault()
      },
      drop(event: DragEvent) {
        if (!carriesFiles(event)) return
        event.preventDefault()
        depth = 0
        setDragging(false)
        const file = event.dataTransfer?.files[0]
        if (file) latest.current(file)
      },
    }
    const names = ['dragenter', 'dragleave', 'dragover', 'drop'] as const
    for (const name of names) addEventListener(name, handlers[name])
    return () => {
      for (const name of names) removeEventListener(name, handlers[name])
    }
  }, [])
  return dragging
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}
