// Wire shapes of the notification service.
import Type from 'typebox'
import { PageQuery, Timestamp } from './schemas.ts'

export const NotificationType = Type.Union([
  Type.Literal('risk'),
  Type.Literal('alert'),
  Type.Literal('info'),
])

export const NewNotification = Type.Object({
  account_id: Type.String({ format: 'uuid' }),
  title: Type.String({ minLength: 1, maxLength: 200 }),
  message: Type.String({ minLength: 1, maxLength: 2000 }),
  type: NotificationType,
})

export const Notification = Type.Object({
  id: Type.String(),
  account_id: Type.String(),
  title: Type.String(),
  message: Type.String(),
  type: NotificationType,
  is_read: Type.Boolean(),
  created_at: Timestamp,
})
export type Notification = Type.Static<typeof Notification>

export const NotificationQuery = Type.Object({
  type: Type.Optional(NotificationType),
  unread_only: Type.Boolean({ default: false }),
  ...PageQuery.properties,
})

export const NotificationCount = Type.Object({ total: Type.Integer(), unread: Type.Integer() })
export const ReadAllAnswer = Type.Object({ message: Type.String(), count: Type.Integer() })

/** What one server-sent event carries; its `type` is also the event's name. */
export const StreamMessage = Type.Object({
  id: Type.String({ description: 'What `Last-Event-ID` takes' }),
  type: Type.String({
    description:
      '`ready` after connecting, an event’s type, or `notification.created` and `notification.changed`',
  }),
  at: Timestamp,
  account_id: Type.Union([Type.String(), Type.Null()]),
  unread: Type.Integer({ description: 'Unread notifications then' }),
})
export type StreamMessage = Type.Static<typeof StreamMessage>
