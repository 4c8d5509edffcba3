// The risk service as a process of its own.
import { runService } from '@fintwin/platform'
import { buildRiskService } from './service.ts'

await runService('risk', buildRiskService, process.env)
