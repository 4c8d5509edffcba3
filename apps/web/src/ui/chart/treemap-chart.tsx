// Shares of a whole as areas: groups in tints of the series' colours, labels on the tiles, a table that says the same.
import type { EChartsCoreOption } from 'echarts/core'
import { type ReactNode, useMemo } from 'react'
import { useShownTheme } from '../device-settings.ts'
import { formatMoney, formatShortMoney } from '../format-money.ts'
import { ChartFrame, ChartMissing } from './chart-frame.tsx'
import { readColour, toneOf } from './palette.ts'
import { prefersStillness, useEChart } from './use-echart.ts'

export interface TreemapGroup {
  name: string
  items: readonly { name: string; value: number }[]
}

export interface TreemapChartProps {
  title: string
  sentence?: ReactNode
  controls?: ReactNode
  currency: string
  groups: readonly TreemapGroup[]
}

export function TreemapChart({ title, sentence, controls, currency, groups }: TreemapChartProps) {
  const theme = useShownTheme()
  const option = useMemo(() => treemapOption(groups, currency), [groups, currency, theme])
  const total = groups.reduce((sum, group) => sum + groupValue(group), 0)
  return (
    <ChartFrame
      title={title}
      sentence={sentence}
      controls={controls}
      readOut={<Legend groups={groups} total={total} />}
      table={<ShareTable groups={groups} total={total} currency={currency} />}
    >
      <Tiles
        option={option}
        label={`${title}: ${groups.map((group) => `${group.name} ${share(groupValue(group), total)}`).join(', ')}`}
      />
    </ChartFrame>
  )
}

function Tiles({ option, label }: { option: EChartsCoreOption; label: string }) {
  const { box, failed, retry } = useEChart(option)
  return (
    <div className="chart__stage" role="img" aria-label={label}>
      <div className="chart__plot" ref={box} />
      {failed && <ChartMissing onRetry={retry} />}
    </div>
  )
}

function Legend({ groups, total }: { groups: readonly TreemapGroup[]; total: number }) {
  return (
    <div className="chart__read-out">
      {groups.map((group, index) => (
        <span className="chart__reading" key={group.name}>
          <i className={`chart__key tone-${toneOf(index)}`} aria-hidden="true" />
          {group.name}
          <b>{share(groupValue(group), total)}</b>
        </span>
      ))}
    </div>
  )
}

function ShareTable({
  groups,
  total,
  currency,
}: {
  groups: readonly TreemapGroup[]
  total: number
  currency: string
}) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Group</th>
          <th scope="col">Holding</th>
          <th scope="col" className="figure">
            Value
          </th>
          <th scope="col" className="figure">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.flatMap((group) =>
          group.items.map((item) => (
            <tr key={group.name + item.name}>
              <td>{group.name}</td>
              <th scope="row">{item.name}</th>
              <td className="figure">
                <span className="amount">{formatMoney(item.value, currency)}</span>
              </td>
              <td className="figure">{share(item.value, total)}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  )
}

function treemapOption(groups: readonly TreemapGroup[], currency: string): EChartsCoreOption {
  const font = 'Inter Variable, sans-serif'
  return {
    animation: !prefersStillness(),
    animationDuration: 180,
    series: [
      {
        type: 'treemap',
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        roam: false,
        nodeClick: false,
        silent: true,
        breadcrumb: { show: false },
        itemStyle: { gapWidth: 2, borderWidth: 0, borderColor: readColour('paper') },
        levels: [
          { itemStyle: { gapWidth: 6, borderWidth: 0, borderColor: readColour('paper') } },
          { itemStyle: { gapWidth: 2, borderWidth: 0, borderColor: readColour('paper') } },
        ],
        label: {
          show: true,
          position: [12, 10],
          color: readColour('ink'),
          fontFamily: font,
          fontSize: 12,
          lineHeight: 17,
          overflow: 'truncate',
          formatter: (tile: { name: string; value: unknown }) =>
            `{name|${tile.name}}\n${formatShortMoney(Number(tile.value), currency)}`,
          rich: {
            name: {
              fontWeight: 600,
              fontSize: 12,
              lineHeight: 17,
              color: readColour('ink'),
              fontFamily: font,
            },
          },
        },
        data: groups.map((group, index) => ({
          name: group.name,
          value: groupValue(group),
          children: group.items.map((item) => ({
            name: item.name,
            value: item.value,
            itemStyle: { color: readColour(index < 6 ? `series-${index + 1}-tint` : 'sunken') },
          })),
        })),
      },
    ],
  }
}

function groupValue(group: TreemapGroup): number {
  return group.items.reduce((sum, item) => sum + item.value, 0)
}

function share(value: number, total: number): string {
  return total > 0 ? `${((value / total) * 100).toFixed(1)}\u202f%` : '–'
}
