// Reading values off series of days.
import { expect, test } from 'vitest'
import { isStill, startOfSpan, withoutSilence } from '../src/features/accounts/span.ts'
import { stackedBalances, totalBalance } from '../src/features/dashboard/total-balance.ts'
import { dailyScores } from '../src/features/risk/daily-scores.ts'
import {
  datesOf,
  lowPoint,
  nearestDate,
  resample,
  startsAtZero,
  valueOn,
} from '../src/ui/chart/time-series.ts'
import { sparklinePath } from '../src/ui/sparkline-path.ts'

const points = [
  { date: '2026-01-01', value: 100 },
  { date: '2026-01-10', value: 40 },
  { date: '2026-02-01', value: 90 },
]

test.each([
  ['2025-12-31', null],
  ['2026-01-01', 100],
  ['2026-01-09', 100],
  ['2026-01-10', 40],
  ['2026-01-31', 40],
  ['2026-02-01', 90],
  ['2026-02-02', null],
])('on %s the balance is %s', (date, value) => {
  expect(valueOn(points, date)).toBe(value)
})

test('a series may be said to go on, and of two points on one day the later holds', () => {
  expect(valueOn(points, '2027-01-01', true)).toBe(90)
  expect(
    valueOn(
      [
        { date: '2026-01-01', value: 1 },
        { date: '2026-01-01', value: 2 },
      ],
      '2026-01-01',
    ),
  ).toBe(2)
  expect(valueOn([], '2026-01-01')).toBeNull()
})

test('gathers the dates of all series once each, in order', () => {
  expect(
    datesOf([
      { points },
      { points: [{ date: '2026-01-05', value: 1 }, points[0] ?? { date: '', value: 0 }] },
    ]),
  ).toEqual(['2026-01-01', '2026-01-05', '2026-01-10', '2026-02-01'])
})

test('finds the date under the pointer', () => {
  const dates = points.map((point) => point.date)
  expect(nearestDate(dates, new Date(2026, 0, 4).getTime())).toBe(0)
  expect(nearestDate(dates, new Date(2026, 0, 29).getTime())).toBe(2)
})

test('begins the axis at zero unless all values are far from it and close together', () => {
  expect(startsAtZero([0, 50])).toBe(true)
  expect(startsAtZero([20, 100])).toBe(true)
  expect(startsAtZero([95, 100])).toBe(false)
  expect(startsAtZero([-10, 100])).toBe(true)
  expect(startsAtZero([0, 0])).toBe(true)
  expect(startsAtZero([-100, -90])).toBe(false)
  expect(startsAtZero([-100, -20])).toBe(true)
  expect(startsAtZero([-3000, 600])).toBe(true)
})

test('finds the low point', () => {
  expect(lowPoint(points)).toEqual({ date: '2026-01-10', value: 40 })
  expect(lowPoint([])).toBeNull()
})

test('adds balances day by day, without float dust', () => {
  const other = { name: 'Card', points: [{ date: '2026-01-05', value: -0.3 }] }
  const own = {
    name: 'Salary',
    points: [
      { date: '2026-01-01', value: 0.1 },
      { date: '2026-01-05', value: 0.2 },
    ],
  }
  expect(totalBalance([own, other], 'INR')).toEqual([
    { date: '2026-01-01', value: 0.1 },
    { date: '2026-01-05', value: -0.1 },
  ])
  expect(stackedBalances([own, other]).map((line) => line.name)).toEqual(['Card', 'Salary'])
  expect(resample(other.points, ['2026-01-01', '2026-02-01']).map((point) => point.value)).toEqual([0, -0.3])
})

test('keeps the last score of a day and brings the line to today', () => {
  const at = (day: number, hour: number, score: number) => ({
    score,
    alert_level: 'low' as const,
    at: new Date(2026, 0, day, hour).toISOString(),
  })
  expect(dailyScores([at(2, 9, 20), at(1, 8, 10), at(1, 20, 30)], '2026-01-05')).toEqual([
    { date: '2026-01-01', value: 30 },
    { date: '2026-01-02', value: 20 },
    { date: '2026-01-05', value: 20 },
  ])
})

test('draws a sparkline in steps, and none without a span of time', () => {
  expect(sparklinePath(points, 120, 28)).toMatch(/^M0 2H[\d.]+V26H120V/)
  expect(sparklinePath(points.slice(0, 1), 120, 28)).toBeNull()
})

test('shows a whole history without the years of silence around it', () => {
  const points = [
    { date: '1969-12-31', balance: 0 },
    { date: '2017-03-10', balance: -117.95 },
    { date: '2017-05-09', balance: -123.45 },
    { date: '2026-11-24', balance: -123.45 },
  ]
  expect(withoutSilence(points)).toEqual([
    { date: '2017-03-09', balance: 0 },
    { date: '2017-03-10', balance: -117.95 },
    { date: '2017-05-09', balance: -123.45 },
    { date: '2017-05-21', balance: -123.45 },
  ])
  expect(isStill(points)).toBe(false)
})

test('leaves a history that reaches the present, and an empty one, as they are', () => {
  const alive = [
    { date: '2026-01-01', balance: 5 },
    { date: '2026-11-01', balance: 7 },
    { date: '2026-11-24', balance: 7 },
  ]
  expect(withoutSilence(alive)).toEqual(alive)
  const nothing = [
    { date: '1969-12-31', balance: 0 },
    { date: '2026-11-24', balance: 0 },
  ]
  expect(withoutSilence(nothing)).toEqual(nothing)
  expect(isStill(nothing)).toBe(true)
})

test('reaches back by the calendar, and for everything before any bank', () => {
  expect(startOfSpan('12', new Date(2026, 10, 24))).toBe('2025-11-24')
  expect(startOfSpan('all')).toBe('1970-01-01')
})
