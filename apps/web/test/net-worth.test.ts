// What stands in the headline when there is money in several currencies.
import { expect, test } from 'vitest'
import type { Portfolio } from '../src/features/portfolio/get-portfolio.ts'
import { netWorths } from '../src/features/portfolio/net-worth.ts'

function portfolio(rupees: number, dollars: number): Portfolio {
  return {
    accounts: [],
    holdings: [],
    totals: {
      net_worth: rupees,
      cash: rupees,
      holdings: 0,
      invested: 0,
      gain_loss: 0,
      currency: 'INR',
      other_currencies: [{ currency: 'USD', cash: dollars, holdings: 0, net_worth: dollars }],
    },
    next: null,
  }
}

test.each([
  [500, 20, ['INR', 'USD']],
  [0, 20, ['USD', 'INR']],
  [500, 0, ['INR']],
  [0, 0, ['INR']],
])('with %d rupees and %d dollars it shows %j', (rupees, dollars, currencies) => {
  expect(netWorths(portfolio(rupees, dollars)).map((one) => one.currency)).toEqual(currencies)
})
