// The twin service as a process of its own.
import { runService } from '@fintwin/platform'
import { buildTwinService } from './service.ts'

await runService('twin', buildTwinService, process.env)
