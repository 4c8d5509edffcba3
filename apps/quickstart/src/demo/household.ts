// The demo person's life: two years of a household, the same for the same day. Pure: a seed and a date in, requests out.

export interface DemoTransaction {
  type: 'deposit' | 'withdrawal' | 'transfer'
  /** Which of the demo accounts, by key. */
  account: DemoAccountKey
  to?: DemoAccountKey
  /** Major units, whole paise. */
  amount: string
  counterparty: string
  note: string
  category: string
  /** RFC 3339. */
  effective_at: string
}

export type DemoAccountKey = 'salary' | 'savings' | 'card' | 'loan' | 'invest'

export interface DemoAccount {
  key: DemoAccountKey
  name: string
  type: string
  overdraft_limit?: number
}

/** The first one is the account that everybody gets at registration. */
export const demoAccounts: DemoAccount[] = [
  { key: 'salary', name: 'Savings', type: 'savings' },
  { key: 'savings', name: 'Rainy-day savings', type: 'savings' },
  { key: 'card', name: 'Everyday card', type: 'credit', overdraft_limit: 150_000 },
  { key: 'loan', name: 'Home loan', type: 'loan', overdraft_limit: 3_600_000 },
  { key: 'invest', name: 'Investment cash', type: 'portfolio' },
]

export const demoHoldings = [
  {
    ticker: 'FLAT',
    company_name: 'Flat at Lakeview Homes',
    quantity: 1,
    buy_price: 4_150_000,
    current_price: 4_680_000,
    asset_class: 'real_estate',
  },
  {
    ticker: 'NIFTYBEES',
    company_name: 'Nippon India ETF Nifty 50',
    quantity: 820,
    buy_price: 214.6,
    current_price: 268.35,
    asset_class: 'fund',
  },
  {
    ticker: 'PPFAS',
    company_name: 'Parag Parikh Flexi Cap Fund',
    quantity: 3120.457,
    buy_price: 61.24,
    current_price: 79.81,
    asset_class: 'fund',
  },
  {
    ticker: 'TCS',
    company_name: 'Tata Consultancy Services',
    quantity: 24,
    buy_price: 3890,
    current_price: 3415.5,
    asset_class: 'stock',
  },
  {
    ticker: 'HDFCBANK',
    company_name: 'HDFC Bank',
    quantity: 60,
    buy_price: 1504.2,
    current_price: 1712.9,
    asset_class: 'stock',
  },
  {
    ticker: 'SGB2031',
    company_name: 'Sovereign Gold Bond 2031',
    quantity: 18,
    buy_price: 5926,
    current_price: 9840,
    asset_class: 'commodity',
  },
  {
    ticker: 'GS2034',
    company_name: 'Government of India 7.1 % 2034',
    quantity: 900,
    buy_price: 100.4,
    current_price: 102.15,
    asset_class: 'bond',
  },
] as const

/** What happened within the hour before the demo is first opened: enough for the live side to have something to say. */
export const demoToday: Omit<DemoTransaction, 'effective_at'>[] = [
  {
    type: 'withdrawal',
    account: 'card',
    amount: '684.00',
    counterparty: 'FreshMart',
    note: 'Groceries',
    category: 'Groceries',
  },
  {
    type: 'withdrawal',
    account: 'card',
    amount: '240.00',
    counterparty: 'Metro Card',
    note: 'Transport',
    category: 'Transport',
  },
  {
    type: 'withdrawal',
    account: 'card',
    amount: '1310.00',
    counterparty: 'The Terrace',
    note: 'Lunch with Meera',
    category: 'Eating out',
  },
  {
    type: 'withdrawal',
    account: 'invest',
    amount: '9500.00',
    counterparty: 'Broker',
    note: 'Gold bond units bought',
    category: 'Investing',
  },
]

/** Every transaction of the two years up to `now`, in order of time. */
export function composeHousehold(now: Date): DemoTransaction[] {
  const random = createRandom(20_240_817)
  const months = Array.from({ length: 25 }, (_, index) => firstOfMonth(now, index - 24))
  const life = beginnings(months[0] as Date)
  for (const [index, month] of months.entries()) {
    life.push(...liveMonth(month, index, random), ...payCard(month, life))
  }
  const begin = (months[0] as Date).getTime()
  return life
    .filter(
      ({ effective_at }) => Date.parse(effective_at) >= begin && Date.parse(effective_at) <= now.getTime(),
    )
    .toSorted((a, b) => Date.parse(a.effective_at) - Date.parse(b.effective_at))
}

function beginnings(month: Date): DemoTransaction[] {
  const first = at(month, 1, 1)
  return [
    entry('deposit', 'salary', 185_000, 'Opening balance', 'Brought from the old bank', 'Opening', first),
    entry('deposit', 'savings', 240_000, 'Opening balance', 'Rainy-day fund so far', 'Opening', first),
    entry('deposit', 'invest', 15_000, 'Opening balance', 'Cash at the broker', 'Opening', first),
    entry('withdrawal', 'loan', 3_250_000, 'Lakeview Homes', 'Loan paid out for the flat', 'Home', first),
  ]
}

function liveMonth(month: Date, index: number, random: Random): DemoTransaction[] {
  return [
    ...earn(month, index, random),
    ...payFixed(month, index, random),
    ...payLoan(month, index),
    ...spend(month, random),
    ...surprise(month, index),
    ...save(month, index),
  ]
}

function earn(month: Date, index: number, random: Random): DemoTransaction[] {
  const salary = index < 9 ? 142_500 : index < 21 ? 156_800 : 168_200
  const earned = [
    entry(
      'deposit',
      'salary',
      salary,
      'Meridian Systems',
      'Salary',
      'Salary',
      at(month, lastWorkingDay(month), 10),
    ),
  ]
  if (month.getUTCMonth() === 2)
    earned.push(
      entry('deposit', 'salary', 96_000, 'Meridian Systems', 'Annual bonus', 'Salary', at(month, 28, 11)),
    )
  if (random() < 0.3)
    earned.push(
      entry(
        'deposit',
        'salary',
        round(6_000 + random() * 14_000),
        'Freelance',
        'Weekend workshop',
        'Income',
        at(month, 17, 15),
      ),
    )
  if (month.getUTCMonth() % 3 === 2)
    earned.push(
      entry(
        'deposit',
        'savings',
        round(2_100 + index * 95),
        'Bank',
        'Interest for the quarter',
        'Interest',
        at(month, 28, 4),
      ),
    )
  return earned
}

function payFixed(month: Date, index: number, random: Random): DemoTransaction[] {
  const power = 1_500 + 900 * Math.abs(Math.sin(((month.getUTCMonth() + 1) / 12) * Math.PI)) + random() * 400
  return [
    entry(
      'withdrawal',
      'salary',
      index < 12 ? 3_400 : 3_750,
      'Lakeview Residents',
      'Maintenance',
      'Home',
      at(month, 3, 9),
    ),
    entry('withdrawal', 'salary', round(power), 'City Power', 'Electricity', 'Utilities', at(month, 8, 12)),
    entry('withdrawal', 'salary', 1_179, 'FibreNet', 'Broadband', 'Utilities', at(month, 6, 8)),
    entry('withdrawal', 'card', 649, 'Streamhouse', 'Films', 'Subscriptions', at(month, 11, 6)),
    entry('withdrawal', 'card', 119, 'Tunebox', 'Music', 'Subscriptions', at(month, 14, 6)),
    ...(index >= 15
      ? [entry('withdrawal', 'card', 1_999, 'FitHub', 'Gym', 'Subscriptions', at(month, 2, 7))]
      : []),
    entry('withdrawal', 'salary', 4_200, 'Care Insurance', 'Health cover', 'Insurance', at(month, 20, 9)),
    entry('withdrawal', 'salary', 12_000, 'Little Steps', 'School fees', 'Children', at(month, 5, 10)),
  ]
}

function payLoan(month: Date, index: number): DemoTransaction[] {
  if (index === 0) return []
  const interest = round(((3_250_000 - index * 7_150) * 0.0855) / 12)
  return [
    entry('withdrawal', 'loan', interest, 'Bank', 'Interest at 8.55 %', 'Home', at(month, 5, 3)),
    {
      ...entry('transfer', 'salary', 31_560, 'Bank', 'Home loan instalment', 'Home', at(month, 5, 6)),
      to: 'loan',
    },
  ]
}

function spend(month: Date, random: Random): DemoTransaction[] {
  const spent: DemoTransaction[] = []
  const days = daysIn(month)
  const buy = (
    shops: string[],
    category: string,
    low: number,
    high: number,
    times: number,
    account: DemoAccountKey,
  ): void => {
    for (let time = 0; time < times; time += 1) {
      const day = 1 + Math.floor(random() * days)
      const amount = round(low + (high - low) * random() ** 2)
      const shop = shops[Math.floor(random() * shops.length)] as string
      spent.push(
        entry(
          'withdrawal',
          account,
          amount,
          shop,
          category,
          category,
          at(month, day, 7 + Math.floor(random() * 14)),
        ),
      )
    }
  }
  buy(['FreshMart', 'Green Basket', 'Corner Kirana'], 'Groceries', 240, 3_400, 11, 'card')
  buy(['Metro Card', 'CityCabs', 'Highway Fuel'], 'Transport', 90, 2_600, 8, 'card')
  buy(['Chai Point', 'Dosa Corner', 'The Terrace', 'Biryani House'], 'Eating out', 180, 2_900, 7, 'card')
  buy(['Bazaar Online', 'Threads', 'Book Nook', 'HomeStore'], 'Shopping', 350, 7_800, 3, 'card')
  buy(['Apollo Pharmacy', 'City Clinic'], 'Health', 200, 2_400, 1 + Math.round(random()), 'salary')
  return spent
}

/** What nobody planned, at fixed places so that the story is the same each time. */
function surprise(month: Date, index: number): DemoTransaction[] {
  const surprises: Record<number, DemoTransaction[]> = {
    4: [entry('withdrawal', 'salary', 38_400, 'AutoCare', 'Gearbox repair', 'Transport', at(month, 19, 13))],
    9: [
      entry(
        'withdrawal',
        'salary',
        86_500,
        'St. Mary Hospital',
        'Appendix operation',
        'Health',
        at(month, 12, 22),
      ),
      entry('deposit', 'salary', 61_000, 'Care Insurance', 'Hospital claim', 'Health', at(month, 27, 15)),
    ],
    13: [entry('withdrawal', 'card', 54_990, 'Electro World', 'Laptop', 'Shopping', at(month, 22, 18))],
    17: [
      entry('withdrawal', 'salary', 72_300, 'Skyline Travel', 'Week in Kerala', 'Travel', at(month, 9, 20)),
    ],
    20: [
      entry('deposit', 'salary', 23_450, 'Income Tax Department', 'Tax refund', 'Income', at(month, 16, 11)),
    ],
    23: [entry('withdrawal', 'salary', 46_200, 'CoolAir', 'New air conditioner', 'Home', at(month, 11, 17))],
  }
  return surprises[index] ?? []
}

function save(month: Date, index: number): DemoTransaction[] {
  const saved: DemoTransaction[] = [
    {
      ...entry(
        'transfer',
        'salary',
        27_500,
        'Broker',
        'Monthly investment plan',
        'Investing',
        at(month, 7, 8),
      ),
      to: 'invest',
    },
    entry('withdrawal', 'invest', 27_400, 'Broker', 'Fund units bought', 'Investing', at(month, 9, 9)),
  ]
  if (index % 3 !== 0)
    saved.push({
      ...entry('transfer', 'salary', 20_000, 'Rainy-day savings', 'Put aside', 'Savings', at(month, 2, 8)),
      to: 'savings',
    })
  return saved
}

/** On the 18th the card's spending of the month before is paid in full. */
function payCard(month: Date, life: DemoTransaction[]): DemoTransaction[] {
  const before = firstOfMonth(month, -1).toISOString().slice(0, 7)
  const due = life
    .filter(
      ({ type, account, effective_at }) =>
        type === 'withdrawal' && account === 'card' && effective_at.startsWith(before),
    )
    .reduce((total, { amount }) => total + Number(amount), 0)
  if (due === 0) return []
  return [
    {
      ...entry(
        'transfer',
        'salary',
        round(due),
        'Everyday card',
        'Card payment',
        'Transfers',
        at(month, 18, 9),
      ),
      to: 'card',
    },
  ]
}

function entry(
  type: DemoTransaction['type'],
  account: DemoAccountKey,
  amount: number,
  counterparty: string,
  note: string,
  category: string,
  when: Date,
): DemoTransaction {
  return {
    type,
    account,
    amount: amount.toFixed(2),
    counterparty,
    note,
    category,
    effective_at: when.toISOString(),
  }
}

type Random = () => number

/** Mulberry32: small, seeded, good enough for a story. */
function createRandom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const firstOfMonth = (now: Date, offset: number): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1))
const daysIn = (month: Date): number =>
  new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate()
const round = (amount: number): number => Math.round(amount)

function at(month: Date, day: number, hour: number): Date {
  return new Date(
    Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), Math.min(day, daysIn(month)), hour, (day * 7) % 60),
  )
}

function lastWorkingDay(month: Date): number {
  for (let day = daysIn(month); day > 0; day -= 1) {
    const weekday = at(month, day, 0).getUTCDay()
    if (weekday !== 0 && weekday !== 6) return day
  }
  return daysIn(month)
}
