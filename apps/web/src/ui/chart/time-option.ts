// Turns series over time into the drawing library's option: solid past, dashed future, the fork a named line.
import type { EChartsCoreOption } from 'echarts/core'
import { formatLongDate, parseDay } from '../format-date.ts'
import { formatMoney, formatShortMoney } from '../format-money.ts'
import { readColour, type Tone } from './palette.ts'
import { type DatedValue, lowPoint, startsAtZero } from './time-series.ts'
import { prefersStillness } from './use-echart.ts'

export interface TimeSeries {
  name: string
  points: readonly DatedValue[]
  tone: Tone
  /** Dashed is what has not happened. */
  dashed?: boolean
  area?: boolean
  /** Stacked on the others of its sign. */
  stacked?: boolean
  /** A label at the end of the line, instead of a legend. */
  endLabel?: string | undefined
  /** The same where there is little room. */
  endLabelShort?: string | undefined
  /** Draws what lies below zero in the colour of loss. */
  warnsBelowZero?: boolean
}

export interface TimeOptionInput {
  series: readonly TimeSeries[]
  unit: { currency: string } | 'score'
  fork?: { date: string; name: string } | undefined
  levels?: readonly { value: number; name: string }[] | undefined
  markLow?: boolean | undefined
  narrow: boolean
}

export function timeOption(input: TimeOptionInput): EChartsCoreOption {
  const { series, unit, narrow } = input
  const colour = { ink: readColour('ink'), soft: readColour('ink-soft'), rule: readColour('rule') }
  const text = { color: colour.soft, fontFamily: 'Inter Variable, sans-serif', fontSize: 12 }
  const values = series.flatMap((one) => one.points.map((point) => point.value))
  // Layers are sizes, and sizes are measured from zero.
  const fromZero = unit === 'score' || series.some((one) => one.stacked) || startsAtZero(values)
  const hasEndLabels = series.some((one) => one.endLabel)
  const still = prefersStillness()
  return {
    animation: !still,
    animationDuration: 180,
    animationDurationUpdate: 120,
    animationEasing: 'cubicOut',
    textStyle: text,
    grid: { left: 2, right: hasEndLabels ? (narrow ? 72 : 128) : 10, top: 22, bottom: 4, containLabel: true },
    xAxis: {
      type: 'time',
      axisLine: { lineStyle: { color: readColour('rule-strong') } },
      axisTick: { show: false },
      splitLine: { show: false },
      splitNumber: narrow ? 3 : 6,
      axisLabel: { ...text, hideOverlap: true, formatter: dateLabels, margin: 10 },
    },
    yAxis: {
      type: 'value',
      scale: !fromZero,
      // Without zero on the axis, the lowest point keeps room for its label.
      ...(!fromZero && { boundaryGap: ['14%', '4%'] }),
      ...(unit === 'score' && { min: 0, max: 100, interval: 20 }),
      splitNumber: 4,
      splitLine: { lineStyle: { color: colour.rule, width: 1 } },
      axisLabel: {
        ...text,
        formatter: (value: number) =>
          unit === 'score' ? String(value) : formatShortMoney(value, unit.currency),
      },
    },
    ...belowZero(series),
    series: series.map((one, index) =>
      drawSeries(
        { ...one, area: (one.area ?? false) && fromZero },
        index === 0 ? input : { ...input, fork: undefined, levels: undefined, markLow: false },
      ),
    ),
  }
}

const dateLabels = {
  year: '{yearStyle|{yyyy}}',
  month: '{MMM}',
  day: '{d} {MMM}',
  hour: '',
  rich: { yearStyle: { fontWeight: 600 } },
}

function drawSeries(one: TimeSeries, input: TimeOptionInput) {
  const colour = readColour(one.tone)
  return {
    name: one.name,
    type: 'line',
    data: one.points.map((point) => [parseDay(point.date).getTime(), point.value]),
    step: 'end',
    showSymbol: false,
    silent: true,
    ...(one.stacked && { stack: 'all' }),
    lineStyle: {
      width: one.stacked ? 1 : one.dashed ? 2.25 : 1.75,
      type: one.dashed ? [6, 5] : 'solid',
      ...(one.warnsBelowZero ? {} : { color: colour }),
    },
    itemStyle: { color: colour },
    ...(one.area && { areaStyle: { color: colour, opacity: one.stacked ? 0.55 : 0.07, origin: 'auto' } }),
    ...(one.endLabel && {
      endLabel: {
        show: true,
        formatter: (input.narrow && one.endLabelShort) || one.endLabel,
        color: colour,
        fontFamily: 'Inter Variable, sans-serif',
        fontSize: 12,
        fontWeight: 600,
        distance: 6,
        width: input.narrow ? 66 : 120,
        overflow: one.stacked ? 'truncate' : 'break',
      },
      labelLayout: { moveOverlap: 'shiftY' },
    }),
    ...markLines(input),
    ...(input.markLow && markLowest(one, input)),
    z: one.dashed ? 4 : 3,
  }
}

function markLines({ fork, levels = [] }: TimeOptionInput) {
  const font = { fontFamily: 'Inter Variable, sans-serif', fontSize: 12 }
  const data: object[] = levels.map((level) => ({
    yAxis: level.value,
    lineStyle: { color: readColour('rule-strong'), type: [2, 3], width: 1 },
    label: {
      ...font,
      formatter: level.name,
      position: 'insideStartTop',
      color: readColour('ink-soft'),
      distance: [4, 6],
      backgroundColor: readColour('paper'),
      padding: [1, 3],
    },
  }))
  if (fork) {
    data.push({
      xAxis: parseDay(fork.date).getTime(),
      lineStyle: { color: readColour('accent'), type: 'solid', width: 1.25 },
      label: {
        ...font,
        formatter: fork.name,
        position: 'end',
        align: 'right',
        distance: [-6, 6],
        color: readColour('accent'),
        fontWeight: 600,
      },
    })
  }
  if (data.length === 0) return {}
  return { markLine: { silent: true, symbol: 'none', animation: false, data } }
}

function markLowest(one: TimeSeries, { unit, narrow }: TimeOptionInput) {
  // A line that begins at zero begins before there was anything: that is no low point.
  const low = lowPoint(one.points[0]?.value === 0 ? one.points.slice(1) : one.points)
  if (!low || unit === 'score' || one.points.length < 3) return {}
  const at = one.points.indexOf(low) / (one.points.length - 1)
  const edge = narrow ? 0.35 : 0.15
  const values = one.points.map((point) => point.value)
  // Near the foot of the chart the label would run into the dates below it.
  const isAtFoot = startsAtZero(values) && Math.abs(low.value) < Math.max(...values) * 0.12
  const markPoint = {
    silent: true,
    animation: false,
    symbol: 'circle',
    symbolSize: 7,
    itemStyle: { color: readColour('paper'), borderColor: readColour(one.tone), borderWidth: 1.75 },
    label: {
      show: true,
      position: isAtFoot ? 'top' : 'bottom',
      align: at < edge ? 'left' : at > 1 - edge ? 'right' : 'center',
      distance: 6,
      color: readColour('ink-soft'),
      fontFamily: 'Inter Variable, sans-serif',
      fontSize: 12,
      formatter: `Low ${formatMoney(low.value, unit.currency)}, ${formatLongDate(parseDay(low.date))}`,
    },
    data: [{ coord: [parseDay(low.date).getTime(), low.value] }],
  }
  return { markPoint }
}

function belowZero(series: readonly TimeSeries[]) {
  const maps = series.flatMap((one, seriesIndex) =>
    one.warnsBelowZero && one.points.some((point) => point.value < 0)
      ? [
          {
            type: 'piecewise',
            show: false,
            seriesIndex,
            dimension: 1,
            pieces: [
              // Open ends would leave the library without a colour stop; these reach beyond any balance.
              { gte: -1e15, lt: 0, color: readColour('loss') },
              { gte: 0, lte: 1e15, color: readColour(one.tone) },
            ],
          },
        ]
      : [],
  )
  return maps.length > 0 ? { visualMap: maps } : {}
}
