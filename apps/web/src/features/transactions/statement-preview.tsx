// One statement of a file: its account, its span, every line, and the balance that will result.
import { Link } from '@tanstack/react-router'
import { Amount, Flow } from '../../ui/amount.tsx'
import { Badge } from '../../ui/badge.tsx'
import { formatLongDate, parseDay } from '../../ui/format-date.ts'
import { formatQuantity } from '../../ui/format-money.ts'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import { accountTypeLabel } from '../accounts/account-words.ts'
import type { ImportedHolding, ImportedLine, ImportedStatement } from './import-statement.ts'
import '../accounts/accounts.css'
import '../../ui/table.css'

export interface StatementPreviewProps {
  statement: ImportedStatement
  summaryOnly?: boolean
}

export function StatementPreview({ statement, summaryOnly = false }: StatementPreviewProps) {
  const { account, transactions, holdings } = statement
  return (
    <section className="import__statement" aria-label={account.name}>
      <div className="import__statement-head">
        <h3>
          {summaryOnly && account.id ? (
            <Link to="/accounts/$accountId" params={{ accountId: account.id }}>
              {account.name}
            </Link>
          ) : (
            account.name
          )}
        </h3>
        <span className="row__note">
          {[accountTypeLabel(account.type), account.number_masked, account.currency]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <Badge tone={account.is_new ? 'accent' : 'plain'}>
          {account.is_new ? 'New account' : 'Your account'}
        </Badge>
      </div>
      <Facts statement={statement} done={summaryOnly} />
      {!summaryOnly && transactions.length > 0 && <Lines lines={transactions} currency={account.currency} />}
      {!summaryOnly && holdings.length > 0 && <Holdings holdings={holdings} currency={account.currency} />}
    </section>
  )
}

function Facts({ statement, done }: { statement: ImportedStatement; done: boolean }) {
  const {
    account,
    period,
    opening,
    posted,
    skipped,
    refused,
    closing_balance: closing,
    ledger_balance: bank,
  } = statement
  return (
    <dl className="facts">
      {period && (
        <div>
          <dt>Period</dt>
          <dd>
            {formatLongDate(parseDay(period.from))} – {formatLongDate(parseDay(period.to))}
          </dd>
        </div>
      )}
      {opening && (
        <div>
          <dt>Opening balance</dt>
          <dd>
            <Amount value={opening.amount} currency={account.currency} />
          </dd>
        </div>
      )}
      <div>
        <dt>{done ? 'Posted' : 'To post'}</dt>
        <dd>{posted}</dd>
      </div>
      <div>
        <dt>Already there</dt>
        <dd>{skipped}</dd>
      </div>
      {refused > 0 && (
        <div>
          <dt>Refused</dt>
          <dd>{refused}</dd>
        </div>
      )}
      {closing !== null && (
        <div>
          <dt>Closing balance</dt>
          <dd>
            <Amount value={closing} currency={account.currency} />
            {bank && bank.amount === closing && ', as the bank says'}
          </dd>
        </div>
      )}
    </dl>
  )
}

const stateWords = { posted: 'To post', skipped: 'Already there', refused: 'Refused' } as const

function Lines({ lines, currency }: { lines: readonly ImportedLine[]; currency: string }) {
  return (
    <ScrollRegion className="import__lines" label="Transactions in the statement">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col">Name</th>
            <th scope="col">State</th>
            <th scope="col" className="figure">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={`${line.external_id} ${index}`} data-state={line.state}>
              <td className="import__date">{formatLongDate(parseDay(line.effective_at))}</td>
              <td className="import__lines-cell">
                {line.counterparty ?? line.note ?? line.kind ?? '–'}
                {line.state === 'refused' && line.reason && <div className="row__note">{line.reason}</div>}
              </td>
              <td>
                <Badge
                  tone={line.state === 'refused' ? 'caution' : line.state === 'posted' ? 'accent' : 'plain'}
                >
                  {stateWords[line.state]}
                </Badge>
              </td>
              <td className="figure">
                <Flow value={line.amount} currency={currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Holdings({ holdings, currency }: { holdings: readonly ImportedHolding[]; currency: string }) {
  return (
    <ScrollRegion className="import__lines" label="Holdings in the statement">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Holding</th>
            <th scope="col" className="figure">
              Quantity
            </th>
            <th scope="col" className="figure">
              Price
            </th>
            <th scope="col" className="figure">
              Value
            </th>
          </tr>
        </thead>
        <tbody>
          {holdings.map((holding) => (
            <tr key={holding.ticker}>
              <td className="import__lines-cell">
                {holding.company_name} <span className="row__note">{holding.ticker}</span>
              </td>
              <td className="figure">{formatQuantity(holding.quantity)}</td>
              <td className="figure">
                <Amount value={holding.price} currency={currency} />
              </td>
              <td className="figure">
                <Amount value={holding.value} currency={currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
