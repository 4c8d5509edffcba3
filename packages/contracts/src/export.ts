// Wire shapes of exported statements. The answer itself is a file.
import Type from 'typebox'

export const ExportQuery = Type.Object({
  format: Type.Union([Type.Literal('csv'), Type.Literal('ofx'), Type.Literal('camt053')], {
    default: 'csv',
    description: 'A spreadsheet, OFX 2.2, or ISO 20022’s camt.053.001.08',
  }),
  from: Type.Optional(
    Type.String({
      format: 'date',
      description: 'First day, by effective date; a year before `to` unless told',
    }),
  ),
  to: Type.Optional(Type.String({ format: 'date', description: 'Last day, included; today unless told' })),
})
export type ExportQuery = Type.Static<typeof ExportQuery>
