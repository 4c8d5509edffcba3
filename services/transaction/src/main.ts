// The transaction service as a process of its own.
import { runService } from '@fintwin/platform'
import { buildTransactionService } from './service.ts'

await runService('transaction', buildTransactionService, process.env)
