// Wire shapes of the account service.
import Type from 'typebox'
import { Amount, AmountInput, Timestamp } from './schemas.ts'

export const AccountType = Type.Enum(['savings', 'current', 'cash', 'credit', 'loan', 'portfolio'])

export const AccountStatus = Type.Union([
  Type.Literal('open'),
  Type.Literal('frozen'),
  Type.Literal('closed'),
])

export const Registration = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
  email: Type.String({ format: 'email', maxLength: 254 }),
  password: Type.String({ minLength: 8, maxLength: 256 }),
})

export const Credentials = Type.Object({
  email: Type.String({ minLength: 1, maxLength: 254 }),
  password: Type.String({ minLength: 1, maxLength: 256 }),
})

export const SessionAnswer = Type.Object({
  token: Type.String(),
  ft_token: Type.String({ description: 'The same string as `token`' }),
  user: Type.Object({ id: Type.String(), name: Type.String(), email: Type.String() }),
  expires_in: Type.Integer({ description: 'Seconds until the token expires' }),
})

/** Which account at which bank an account stands for; importing another of its statements finds it again. */
export const BankIdentity = Type.Object({
  name: Type.Optional(Type.String({ maxLength: 200, description: 'For people' })),
  code: Type.Optional(Type.String({ maxLength: 64, description: 'The bank’s or broker’s own code' })),
  number: Type.String({ minLength: 1, maxLength: 64 }),
})

/** For the import, not through the gateway: the caller's accounts that stand for one at a bank. */
export const BankAccount = Type.Object({
  id: Type.String(),
  name: Type.String(),
  type: Type.String(),
  currency: Type.String(),
  code: Type.Union([Type.String(), Type.Null()]),
  number: Type.String(),
})
export type BankAccount = Type.Static<typeof BankAccount>

export const NewAccount = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
  type: AccountType,
  currency: Type.Optional(Type.String({ minLength: 3, maxLength: 3 })),
  overdraft_limit: Type.Optional(AmountInput),
  bank: Type.Optional(BankIdentity),
})

export const Account = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  type: Type.String(),
  balance: Amount,
  available_balance: Amount,
  /** What holds have set aside of the balance. */
  held: Amount,
  overdraft_limit: Amount,
  currency: Type.String(),
  status: Type.String(),
  is_primary: Type.Boolean(),
  bank: Type.Union([
    Type.Object({ name: Type.Union([Type.String(), Type.Null()]), number_masked: Type.String() }),
    Type.Null(),
  ]),
  created_at: Timestamp,
})
export type Account = Type.Static<typeof Account>

export const HealthReport = Type.Object({
  status: Type.String(),
  service: Type.String(),
  services: Type.Optional(Type.Record(Type.String(), Type.String())),
})
