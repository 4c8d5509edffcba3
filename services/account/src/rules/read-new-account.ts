// What a request for a new account asks for, checked: the currency exists, and only money that is borrowed may go below zero.
import type { Refusal } from '@fintwin/contracts'
import { type CurrencyCode, isCurrency } from '@fintwin/money'
import { readOverdraftLimit } from './read-overdraft-limit.ts'

export interface AccountRequest {
  name: string
  type: string
  currency?: string
  overdraft_limit?: number | string
  bank?: { name?: string; code?: string; number: string }
}

export interface WantedAccount {
  name: string
  type: string
  currency: CurrencyCode
  overdraftLimitMinor: bigint
  bank: { name: string | null; code: string | null; number: string } | undefined
}

export function readNewAccount(request: AccountRequest, defaultCurrency: string): WantedAccount | Refusal {
  const currency = request.currency ?? defaultCurrency
  if (!isCurrency(currency))
    return { refused: 'unknown_currency', detail: `"${currency}" is not an ISO 4217 currency.` }
  const overdraftLimitMinor = readOverdraftLimit(request.overdraft_limit ?? 0, {
    type: request.type,
    currency,
  })
  if (typeof overdraftLimitMinor !== 'bigint') return overdraftLimitMinor
  const bank = request.bank && {
    name: request.bank.name ?? null,
    code: request.bank.code ?? null,
    number: request.bank.number,
  }
  return {
    name: request.name.trim(),
    type: request.type,
    currency,
    overdraftLimitMinor,
    bank,
  }
}
