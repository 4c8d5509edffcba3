// The account service as a process of its own.
import { runService } from '@fintwin/platform'
import { buildAccountService } from './service.ts'

await runService('account', buildAccountService, process.env)
