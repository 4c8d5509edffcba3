// Which OFX elements hold others, and where those that carry facts may stand: enough to close what a bank left open.

// From OFX 1 and 2, with what banks do. `CURRENCY` and `PAYEE` are left out: some banks write plain text in them.
const PARENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['STMTTRNRS', ['BANKMSGSRSV1', 'CREDITCARDMSGSRSV1', 'OFX']],
  ['CCSTMTTRNRS', ['CREDITCARDMSGSRSV1', 'BANKMSGSRSV1', 'OFX']],
  ['INVSTMTTRNRS', ['INVSTMTMSGSRSV1', 'OFX']],
  ['LOANSTMTTRNRS', ['LOANMSGSRSV1', 'OFX']],
  ['STMTRS', ['STMTTRNRS', 'BANKMSGSRSV1', 'OFX']],
  ['CCSTMTRS', ['CCSTMTTRNRS', 'STMTTRNRS', 'CREDITCARDMSGSRSV1', 'OFX']],
  ['INVSTMTRS', ['INVSTMTTRNRS', 'INVSTMTMSGSRSV1', 'OFX']],
  ['LOANSTMTRS', ['LOANSTMTTRNRS', 'LOANMSGSRSV1', 'OFX']],
  ['BANKTRANLIST', ['STMTRS', 'CCSTMTRS']],
  ['BANKTRANLISTP', ['STMTRS', 'CCSTMTRS']],
  ['LOANTRANLIST', ['LOANSTMTRS']],
  [
    'STMTTRN',
    'BANKTRANLIST BANKTRANLISTP INVBANKTRAN INVTRANLIST STMTRS CCSTMTRS LOANTRANLIST LOANSTMTRS'.split(' '),
  ],
  ['LOANSTMTTRN', ['LOANTRANLIST', 'LOANSTMTRS']],
  ['STMTTRNP', ['BANKTRANLISTP']],
  ['LEDGERBAL', ['STMTRS', 'CCSTMTRS', 'LOANSTMTRS', 'INVSTMTRS', 'BANKACCTINFO', 'CCACCTINFO']],
  ['AVAILBAL', ['STMTRS', 'CCSTMTRS', 'LOANSTMTRS', 'INVSTMTRS', 'BANKACCTINFO', 'CCACCTINFO']],
  ['PRINBAL', ['LOANSTMTRS']],
  ['INVTRANLIST', ['INVSTMTRS']],
  ['INVPOSLIST', ['INVSTMTRS']],
  ['INVBAL', ['INVSTMTRS']],
  ['INV401K', ['INVSTMTRS']],
  ['INV401KBAL', ['INVSTMTRS']],
  ['INVBANKTRAN', ['INVTRANLIST', 'INVSTMTRS']],
  ['INVBUY', ['BUYDEBT', 'BUYMF', 'BUYOPT', 'BUYOTHER', 'BUYSTOCK']],
  ['INVSELL', ['SELLDEBT', 'SELLMF', 'SELLOPT', 'SELLOTHER', 'SELLSTOCK']],
  ['INVPOS', ['POSDEBT', 'POSMF', 'POSOPT', 'POSOTHER', 'POSSTOCK']],
  ['SECLIST', ['SECLISTMSGSRSV1', 'OFX']],
  ['SECINFO', ['STOCKINFO', 'MFINFO', 'DEBTINFO', 'OPTINFO', 'OTHERINFO']],
])

const LIST_PARENTS: ReadonlyArray<readonly [readonly string[], string]> = [
  [
    ['INVTRANLIST'],
    'BUYDEBT BUYMF BUYOPT BUYOTHER BUYSTOCK SELLDEBT SELLMF SELLOPT SELLOTHER SELLSTOCK CLOSUREOPT',
  ],
  [['INVTRANLIST'], 'INCOME INVEXPENSE JRNLFUND JRNLSEC MARGININTEREST REINVEST RETOFCAP SPLIT TRANSFER'],
  [['INVPOSLIST'], 'POSDEBT POSMF POSOPT POSOTHER POSSTOCK'],
  [['SECLIST'], 'STOCKINFO MFINFO DEBTINFO OPTINFO OTHERINFO'],
]

const ALLOWED_PARENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ...PARENTS,
  ...LIST_PARENTS.flatMap(([parents, names]) => names.split(' ').map((name) => [name, parents] as const)),
])

const AGGREGATES: ReadonlySet<string> = new Set([
  ...ALLOWED_PARENTS.keys(),
  ...'OFX SONRS STATUS FI BANKACCTFROM CCACCTFROM INVACCTFROM LOANACCTFROM INVTRAN SECID BALLIST BAL'.split(
    ' ',
  ),
])

const FACTS: ReadonlySet<string> = new Set(
  'STMTTRN LOANSTMTTRN LEDGERBAL INVBANKTRAN INVBUY INVSELL INVPOS'.split(' '),
)

/** Elements this one may stand in; undefined when it may stand anywhere. A message set stands in the root. */
export function allowedParents(name: string): readonly string[] | undefined {
  return ALLOWED_PARENTS.get(name) ?? (isMessageSet(name) ? ['OFX'] : undefined)
}

/** Whether the element never holds text of its own, so that children it is left open around are truly its children. */
export function isAggregate(name: string): boolean {
  return AGGREGATES.has(name) || isMessageSet(name)
}

/** Whether an element in a place where nobody would read it means a fact lost. */
export function isFact(name: string): boolean {
  return FACTS.has(name)
}

export function isMessageSet(name: string): boolean {
  return /^[A-Z]{1,20}MSGSR[SQ]V\d$/.test(name)
}
