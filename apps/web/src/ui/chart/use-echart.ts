// Keeps one drawing on a canvas in step with its option, its box and the fonts.
import type { ECharts, EChartsCoreOption } from 'echarts/core'
import { type RefObject, useEffect, useRef, useState } from 'react'

export interface Drawing {
  box: RefObject<HTMLDivElement | null>
  /** Null until the library has come and drawn once. */
  chart: ECharts | null
  /** Grows with each drawing, so that what is laid over the canvas can follow. */
  drawn: number
}

export function useEChart(option: EChartsCoreOption): Drawing {
  const box = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<ECharts | null>(null)
  const [drawn, setDrawn] = useState(0)

  useEffect(() => {
    let ended = false
    let made: ECharts | null = null
    let observer: ResizeObserver | null = null
    import('./engine.ts').then(({ init }) => {
      if (ended || !box.current) return
      made = init(box.current, null, { renderer: 'canvas' })
      observer = new ResizeObserver(() => {
        made?.resize()
        setDrawn((count) => count + 1)
      })
      observer.observe(box.current)
      setChart(made)
    })
    return () => {
      ended = true
      observer?.disconnect()
      made?.dispose()
    }
  }, [])

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

  return { box, chart, drawn }
}

export function prefersStillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
