// A chart of money or scores over time: one cross-hair reads every series, the keyboard steps it, a table says the same.
import type { ECharts } from 'echarts/core'
import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useId,
  useMemo,
  useState,
} from 'react'
import { useShownTheme } from '../device-settings.ts'
import { formatLongDate, parseDay } from '../format-date.ts'
import { formatMoney } from '../format-money.ts'
import { useMedia } from '../use-media.ts'
import { ChartFrame, ChartMissing } from './chart-frame.tsx'
import { type TimeOptionInput, type TimeSeries, timeOption } from './time-option.ts'
import { datesOf, nearestDate, valueOn } from './time-series.ts'
import { useEChart } from './use-echart.ts'

export interface TimeChartProps extends Omit<TimeOptionInput, 'narrow'> {
  title: string
  /** What a person should see in it, in one sentence; also the text a screen reader gets first. */
  sentence?: ReactNode
  controls?: ReactNode
  size?: 'regular' | 'small'
}

export function TimeChart(props: TimeChartProps) {
  const { title, sentence, controls, size = 'regular', series, unit, fork, levels, markLow } = props
  const theme = useShownTheme()
  const narrow = useMedia('(width < 640px)')
  const option = useMemo(
    () => timeOption({ series, unit, fork, levels, markLow, narrow }),
    [series, unit, fork, levels, markLow, narrow, theme],
  )
  const dates = useMemo(() => datesOf(series), [series])
  const [active, setActive] = useState<number | null>(null)
  const readOutId = useId()
  const date = dates[active ?? dates.length - 1]
  const say = (value: number) => (unit === 'score' ? String(value) : formatMoney(value, unit.currency))

  return (
    <ChartFrame
      title={title}
      sentence={sentence}
      controls={controls}
      size={size}
      table={<TimeTable series={series} dates={dates} say={say} />}
      readOut={
        date && <ReadOut id={readOutId} date={date} series={series} say={say} spoken={active !== null} />
      }
    >
      <Plot
        option={option}
        title={title}
        dates={dates}
        series={series}
        active={active}
        onActive={setActive}
        readOutId={readOutId}
      />
    </ChartFrame>
  )
}

interface PlotProps {
  option: ReturnType<typeof timeOption>
  title: string
  dates: readonly string[]
  series: readonly TimeSeries[]
  active: number | null
  onActive: (index: number | null) => void
  readOutId: string
}

function Plot({ option, title, dates, series, active, onActive, readOutId }: PlotProps) {
  const { box, chart, failed, retry } = useEChart(option)

  function onPointerMove(event: PointerEvent<HTMLDivElement>) {
    if (!chart || dates.length === 0) return
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    const time = Number(chart.convertFromPixel({ xAxisIndex: 0 }, x))
    if (Number.isFinite(time)) onActive(nearestDate(dates, time))
  }

  function onKeyDown(event: KeyboardEvent) {
    const last = dates.length - 1
    const here = active ?? last
    const next = {
      ArrowLeft: here - 1,
      ArrowRight: here + 1,
      PageUp: here - 30,
      PageDown: here + 30,
      Home: 0,
      End: last,
    }[event.key]
    if (next !== undefined) {
      event.preventDefault()
      onActive(Math.max(0, Math.min(last, next)))
    } else if (event.key === 'Escape') onActive(null)
  }

  return (
    <div
      className="chart__stage"
      role="application"
      aria-roledescription="chart"
      aria-label={`${title}. Left and right arrows read the values.`}
      aria-describedby={readOutId}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is interactive, as above
      tabIndex={0}
      onPointerMove={onPointerMove}
      onPointerLeave={() => onActive(null)}
      onKeyDown={onKeyDown}
      onBlur={() => onActive(null)}
    >
      <div className="chart__plot" ref={box} />
      {failed && <ChartMissing onRetry={retry} />}
      {chart && active !== null && <CrossHair chart={chart} date={dates[active]} series={series} />}
    </div>
  )
}

function CrossHair({
  chart,
  date,
  series,
}: {
  chart: ECharts
  date: string | undefined
  series: readonly TimeSeries[]
}) {
  if (!date || chart.isDisposed()) return null
  const x = chart.convertToPixel({ xAxisIndex: 0 }, parseDay(date).getTime())
  const dots = series.flatMap((one) => {
    const value = one.stacked ? null : valueOn(one.points, date)
    return value === null
      ? []
      : [{ name: one.name, tone: one.tone, y: chart.convertToPixel({ yAxisIndex: 0 }, value) }]
  })
  return (
    <div className="chart__cross" style={{ '--x': `${x}px` } as CSSProperties} aria-hidden="true">
      {dots.map((dot) => (
        <span
          key={dot.name}
          className={`chart__dot tone-${dot.tone}`}
          style={{ '--y': `${dot.y}px` } as CSSProperties}
        />
      ))}
    </div>
  )
}

interface ReadOutProps {
  id: string
  date: string
  series: readonly TimeSeries[]
  say: (value: number) => string
  spoken: boolean
}

function ReadOut({ id, date, series, say, spoken }: ReadOutProps) {
  return (
    <div className="chart__read-out" id={id} aria-live={spoken ? 'polite' : 'off'}>
      <span>{formatLongDate(parseDay(date))}</span>
      {series.map((one) => {
        const value = valueOn(one.points, date)
        if (value === null) return null
        return (
          <span key={one.name} className="chart__reading">
            <i
              className={`chart__key tone-${one.tone}${one.dashed ? ' chart__key--dashed' : ''}`}
              aria-hidden="true"
            />
            {series.length > 1 && <span>{one.name}</span>}
            <b className="amount">{say(value)}</b>
          </span>
        )
      })}
    </div>
  )
}

function TimeTable({
  series,
  dates,
  say,
}: {
  series: readonly TimeSeries[]
  dates: readonly string[]
  say: (value: number) => string
}) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Date</th>
          {series.map((one) => (
            <th scope="col" className="figure" key={one.name}>
              {one.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...dates].reverse().map((date) => (
          <tr key={date}>
            <th scope="row">{formatLongDate(parseDay(date))}</th>
            {series.map((one) => {
              const value = valueOn(one.points, date)
              return (
                <td className="figure" key={one.name}>
                  {value === null ? '–' : <span className="amount">{say(value)}</span>}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
