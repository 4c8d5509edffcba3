// The notification service as a process of its own.
import { runService } from '@fintwin/platform'
import { buildNotificationService } from './service.ts'

await runService('notification', buildNotificationService, process.env)
