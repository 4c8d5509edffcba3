// The portfolio service as a process of its own.
import { runService } from '@fintwin/platform'
import { buildPortfolioService } from './service.ts'

await runService('portfolio', buildPortfolioService, process.env)
