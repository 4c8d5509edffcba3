// Keeps one drawing on a canvas in step with its option, its box and the fonts.
import type { ECharts, EChartsCoreOption } from 'echarts/core'
import { type RefObject, useEffect, useRef, useState } from 'react'

export interface Drawing {
  box: RefObject<HTMLDivElement | null>
  /** Null until the library has come and drawn once. */
  chart: ECharts | null
  /** Grows with each drawing, so that what is laid over the canvas can follow. */
  drawn: number
  /** The library could not be loaded; `retry` asks for it again. */
  failed: boolean
  retry: () => void
}

export function useEChart(option: EChartsCoreOption): Drawing {
  const box = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<ECharts | null>(null)
  const [drawn, setDrawn] = useState(0)
  const [failed, setFailed] = useState(false)
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    let ended = false
    let made: ECharts | null = null
    let observer: ResizeObserver | null = null
    setFailed(false)
    loadEngine().then(
      ({ init }) => {
        if (ended || !box.current) return
        made = init(box.current, null, { renderer: 'canvas' })
        observer = new ResizeObserver(() => {
          made?.resize()
          setDrawn((count) => count + 1)
        })
        observer.observe(box.current)
        setChart(made)
      },
      () => setFailed(true),
    )
    return () => {
      ended = true
      observer?.disconnect()
      made?.dispose()
    }
  }, [attempt])

  useEffect(() => {
    if (!chart || chart.isDisposed()) return
    chart.setOption(option, { notMerge: true })
    setDrawn((count) => count + 1)
  }, [chart, option])

  useEffect(() => {
    if (!chart) return
    let ended = false
    // Text on a canvas does not change by itself when the font arrives.
    document.fonts.ready.then(() => {
      if (!ended && !chart.isDisposed()) chart.resize()
    })
    return () => {
      ended = true
    }
  }, [chart])

  return { box, chart, drawn, failed, retry: () => setAttempt((count) => count + 1) }
}

/** A connection that breaks for a moment must not cost the chart: one more try before it is said. */
async function loadEngine() {
  try {
    return await import('./engine.ts')
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 1500))
    return import('./engine.ts')
  }
}

export function prefersStillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
