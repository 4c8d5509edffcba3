// What happened, newest first.
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Check, CheckCheck, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import { Prose } from '../../ui/amount.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { useListKeys } from '../../ui/use-list-keys.ts'
import { When } from '../../ui/when.tsx'
import { useAccounts } from '../accounts/get-accounts.ts'
import { readProblem } from '../session/problem.ts'
import { useUser } from '../session/session.ts'
import { deleteWithUndo, useHidden } from '../undo/deferred-deletions.ts'
import { deleteNotification } from './delete-notification.ts'
import { type Notification, type NotificationType, useNotifications } from './get-notifications.ts'
import { useUnreadCount } from './get-unread-count.ts'
import { useMarkAllRead } from './mark-all-read.ts'
import { useMarkRead } from './mark-read.ts'
import './notifications.css'

const kinds = [
  { value: 'all', label: 'All' },
  { value: 'risk', label: 'Risk' },
  { value: 'alert', label: 'Alerts' },
  { value: 'info', label: 'Info' },
] as const

export function NotificationsPage() {
  const search = useSearch({ from: '/shell/notifications' })
  const navigate = useNavigate({ from: '/notifications' })
  const kind = kinds.find((one) => one.value === search.type)?.value ?? 'all'
  const unreadOnly = search.unread === 'only'
  const unread = useUnreadCount()
  const readAll = useReadAll()
  const go = (type: string, only: boolean) =>
    navigate({ search: { ...(type !== 'all' && { type }), ...(only && { unread: 'only' }) }, replace: true })

  return (
    <Page
      title="Notifications"
      sentence={unread === 0 ? 'Everything is read.' : `${unread.toLocaleString('en-IN')} unread.`}
      actions={
        <Button icon={<CheckCheck aria-hidden="true" />} disabled={unread === 0} onClick={readAll}>
          Mark all read
        </Button>
      }
    >
      <div className="section">
        <div className="notification-filters">
          <Segmented label="Type" value={kind} segments={kinds} onChange={(next) => go(next, unreadOnly)} />
          <Checkbox
            label="Unread only"
            checked={unreadOnly}
            onChange={(event) => go(kind, event.target.checked)}
          />
        </div>
        <NotificationList
          type={kind === 'all' ? undefined : kind}
          unreadOnly={unreadOnly}
          onShowAll={() => go('all', false)}
        />
      </div>
    </Page>
  )
}

/** Every account has notifications of its own; all of them are marked. */
function useReadAll(): () => void {
  const user = useUser()
  const { data: accounts = [] } = useAccounts()
  const markAllRead = useMarkAllRead()
  return () => {
    const ids = new Set([...(user ? [user.id] : []), ...accounts.map((account) => account.id)])
    markAllRead.mutate([...ids], {
      onError: (error) =>
        showToast({ title: 'They could not be marked.', detail: readProblem(error).detail }),
    })
  }
}

interface NotificationListProps {
  type: NotificationType | undefined
  unreadOnly: boolean
  onShowAll: () => void
}

function NotificationList({ type, unreadOnly, onShowAll }: NotificationListProps) {
  const notifications = useNotifications({ type, unreadOnly })
  const hidden = useHidden()
  const list = useRef<HTMLUListElement>(null)
  useListKeys(list)
  if (notifications.isPending) return <SkeletonRows count={6} tall />
  if (notifications.isError) {
    return (
      <ErrorState
        detail={readProblem(notifications.error).detail}
        stillWorks="Your money is where it was; only the news is missing."
        onRetry={() => notifications.refetch()}
      />
    )
  }
  const shown = notifications.data.pages.flat().filter((one) => !hidden.has(one.id))
  if (shown.length === 0) {
    return type || unreadOnly ? (
      <EmptyState title="Nothing here" action={<Button onClick={onShowAll}>Show all notifications</Button>}>
        No notification fits this choice.
      </EmptyState>
    ) : (
      <EmptyState title="No news yet">
        Each deposit, withdrawal and transfer, a rising risk score and a risky what-if leave a note here.
      </EmptyState>
    )
  }
  return (
    <>
      <ul className="notifications" ref={list} aria-label="Notifications">
        {shown.map((one) => (
          <NotificationRow key={one.id} notification={one} />
        ))}
      </ul>
      {notifications.hasNextPage && (
        <div>
          <Button busy={notifications.isFetchingNextPage} onClick={() => notifications.fetchNextPage()}>
            Show older notifications
          </Button>
        </div>
      )}
    </>
  )
}

const kindWords = { risk: 'Risk', alert: 'Alert', info: 'Info' } as const

function NotificationRow({ notification }: { notification: Notification }) {
  const client = useQueryClient()
  const markRead = useMarkRead()
  const { id, title, message, type, is_read: isRead } = notification
  return (
    <li className="notification" data-read={isRead} data-row tabIndex={-1}>
      <span className="notification__dot" aria-hidden="true" />
      <div className="notification__text">
        <h2>
          {title}
          {!isRead && <span className="visually-hidden"> (unread)</span>}
        </h2>
        <p>
          <Prose>{message}</Prose>
        </p>
      </div>
      <div className="notification__kind">
        <Badge tone={type === 'info' ? 'plain' : 'caution'}>{kindWords[type] ?? type}</Badge>
        <When at={notification.created_at} precise />
      </div>
      <div className="notification__actions">
        {!isRead && (
          <IconButton label={`Mark “${title}” read`} onClick={() => markRead.mutate(id)}>
            <Check aria-hidden="true" />
          </IconButton>
        )}
        <IconButton
          label={`Delete “${title}”`}
          onClick={() =>
            deleteWithUndo({
              id,
              title: 'Notification deleted',
              send: () => deleteNotification(id),
              onDone: () => client.invalidateQueries({ queryKey: ['notifications'] }),
            })
          }
        >
          <Trash2 aria-hidden="true" />
        </IconButton>
      </div>
    </li>
  )
}
