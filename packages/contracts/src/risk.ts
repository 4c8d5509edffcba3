// Wire shapes of the risk service.
import Type from 'typebox'
import { AlertLevel, Timestamp } from './schemas.ts'
import { Contribution } from './twin.ts'

export const RiskScore = Type.Object({
  id: Type.String(),
  account_id: Type.String(),
  score: Type.Integer({ minimum: 0, maximum: 100 }),
  alert_level: AlertLevel,
  flags: Type.Array(Type.String()),
  contributions: Type.Array(Contribution),
  updated_at: Timestamp,
})
export type RiskScore = Type.Static<typeof RiskScore>

export const RiskFlags = Type.Object({ account_id: Type.String(), flags: Type.Array(Type.String()) })

/** The figures in the body are ignored: the score comes from live data. */
export const RiskAnalysis = Type.Object({ account_id: Type.Optional(Type.Unknown()) })

export const RiskNotice = Type.Object({
  message: Type.String(),
  type: Type.Union([Type.Literal('Risk'), Type.Literal('Alert'), Type.Literal('Info')]),
})
export type RiskNotice = Type.Static<typeof RiskNotice>

export const RiskHistory = Type.Array(
  Type.Object({ score: Type.Integer(), alert_level: AlertLevel, at: Timestamp }),
)
