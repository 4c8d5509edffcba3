// Every schedule: what it is, when it comes, and what one can do with it.
import { useQueryClient } from '@tanstack/react-query'
import { Ellipsis, Pause, Pencil, Play, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { Menu, type MenuAction } from '../../ui/menu.tsx'
import { Section } from '../../ui/page.tsx'
import { showToast } from '../../ui/toast.tsx'
import { useListKeys } from '../../ui/use-list-keys.ts'
import { readProblem } from '../session/problem.ts'
import type { AccountNames } from '../transactions/transaction-words.ts'
import { deleteWithUndo } from '../undo/deferred-deletions.ts'
import { deleteSchedule, useSetPaused } from './change-schedule.ts'
import { ScheduledAmount } from './coming-up.tsx'
import { type Schedule, schedulesKey } from './get-schedules.ts'
import { ScheduleDetail } from './schedule-detail.tsx'
import { lowerDay, ruleOf, ruleWords, scheduleTitle } from './schedule-words.ts'

export interface ScheduleListProps {
  schedules: readonly Schedule[]
  names: AccountNames
  onEdit: (schedule: Schedule) => void
}

export function ScheduleList({ schedules, names, onEdit }: ScheduleListProps) {
  const list = useRef<HTMLUListElement>(null)
  const [openedId, setOpenedId] = useState<string | null>(null)
  useListKeys(list)
  return (
    <Section title="All schedules">
      <ul className="row-list" ref={list} aria-label="All schedules">
        {inOrder(schedules).map((schedule) => (
          <ScheduleRow
            key={schedule.id}
            schedule={schedule}
            names={names}
            onOpen={() => setOpenedId(schedule.id)}
            onEdit={() => onEdit(schedule)}
          />
        ))}
      </ul>
      <ScheduleDetail
        schedule={schedules.find(({ id }) => id === openedId) ?? null}
        names={names}
        onClose={() => setOpenedId(null)}
      />
    </Section>
  )
}

const ranks = { active: 0, paused: 1, ended: 2 } as const

/** The next one first, then what is paused, then what has ended. */
function inOrder(schedules: readonly Schedule[]): Schedule[] {
  return schedules.toSorted(
    (a, b) => ranks[a.state] - ranks[b.state] || (a.next_on ?? '').localeCompare(b.next_on ?? ''),
  )
}

interface ScheduleRowProps {
  schedule: Schedule
  names: AccountNames
  onOpen: () => void
  onEdit: () => void
}

function ScheduleRow({ schedule, names, onOpen, onEdit }: ScheduleRowProps) {
  const title = scheduleTitle(schedule, names)
  return (
    <li className="schedule-row">
      <button type="button" className="row" data-row onClick={onOpen}>
        <span className="row__main">
          <span className="row__title">{title}</span>
          <span className="row__note">{ruleWords(ruleOf(schedule))}</span>
        </span>
        <span className="row__end schedule-row__end">
          <ScheduledAmount schedule={schedule} amount={schedule.amount} names={names} />
          <StateMark schedule={schedule} />
        </span>
      </button>
      <Menu
        label={`What to do with ${title}`}
        trigger={<Ellipsis aria-hidden="true" />}
        actions={useScheduleActions(schedule, title, onEdit)}
      />
    </li>
  )
}

function StateMark({ schedule: { state, next_on: nextOn } }: { schedule: Schedule }) {
  if (state === 'paused') return <Badge tone="caution">Paused</Badge>
  if (state === 'ended') return <Badge>Ended</Badge>
  return <span className="row__note">{nextOn ? `next ${lowerDay(nextOn)}` : ''}</span>
}

function useScheduleActions(schedule: Schedule, title: string, onEdit: () => void): MenuAction[] {
  const client = useQueryClient()
  const setPaused = useSetPaused()
  const { id, state } = schedule
  const change = (isPaused: boolean, canUndo = true): void =>
    setPaused.mutate(
      { id, isPaused },
      {
        onSuccess: ({ next_on: nextOn }) =>
          showToast({
            title: isPaused ? `${title} is paused` : `${title} goes on`,
            detail: isPaused
              ? 'Nothing is posted until you resume it.'
              : nextOn
                ? `Next ${lowerDay(nextOn)}.`
                : undefined,
            ...(canUndo && { undo: () => change(!isPaused, false) }),
          }),
        onError: (error) =>
          showToast({ title: 'It could not be changed.', detail: readProblem(error).detail }),
      },
    )
  const remove = () =>
    deleteWithUndo({
      id,
      title: `${title} deleted`,
      send: () => deleteSchedule(id),
      onDone: () => client.invalidateQueries({ queryKey: schedulesKey }),
    })
  return [
    { name: 'Change all to come', icon: <Pencil aria-hidden="true" />, onSelect: onEdit },
    ...(state === 'active'
      ? [{ name: 'Pause', icon: <Pause aria-hidden="true" />, onSelect: () => change(true) }]
      : []),
    ...(state === 'paused'
      ? [{ name: 'Resume', icon: <Play aria-hidden="true" />, onSelect: () => change(false) }]
      : []),
    { name: 'Delete', icon: <Trash2 aria-hidden="true" />, onSelect: remove },
  ]
}
