// What camt.053.001.08 says of the elements that we write: ISO 20022's schema, type by type, as far as we go into it.

import type { Structure } from './structure.ts'

const text = (maxCharacters: number): RegExp => new RegExp(`^[^\\u0000-\\u001f]{1,${maxCharacters}}$`, 'u')
const day = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])'

export const camt053Structure: Structure = {
  Document: 'BkToCstmrStmt:BankToCustomerStatementV08',
  BankToCustomerStatementV08: 'GrpHdr:GroupHeader81 Stmt+:AccountStatement9 SplmtryData*',
  GroupHeader81: 'MsgId:Max35Text CreDtTm:ISODateTime MsgRcpt? MsgPgntn? OrgnlBizQry? AddtlInf?',
  AccountStatement9:
    'Id:Max35Text StmtPgntn? ElctrncSeqNb? RptgSeq? LglSeqNb? CreDtTm?:ISODateTime FrToDt?:DateTimePeriod1 CpyDplctInd? RptgSrc? ' +
    'Acct:CashAccount39 RltdAcct? Intrst* Bal+:CashBalance8 TxsSummry?:TotalTransactions6 Ntry*:ReportEntry10 AddtlStmtInf?',
  DateTimePeriod1: 'FrDtTm:ISODateTime ToDtTm:ISODateTime',
  CashAccount39:
    'Id:AccountIdentification4Choice Tp?:CashAccountType2Choice Ccy?:CurrencyCode Nm? Prxy? Ownr?:PartyIdentification135 ' +
    'Svcr?:BranchAndFinancialInstitutionIdentification6',
  CashAccount38: 'Id:AccountIdentification4Choice Tp? Ccy? Nm? Prxy?',
  AccountIdentification4Choice: 'IBAN | Othr:GenericAccountIdentification1',
  GenericAccountIdentification1: 'Id:Max34Text SchmeNm?:AccountSchemeName1Choice Issr?',
  AccountSchemeName1Choice: 'Cd | Prtry:Max35Text',
  CashAccountType2Choice: 'Cd:ExternalCode | Prtry',
  PartyIdentification135: 'Nm?:Max140Text PstlAdr? Id? CtryOfRes? CtctDtls?',
  BranchAndFinancialInstitutionIdentification6: 'FinInstnId:FinancialInstitutionIdentification18 BrnchId?',
  FinancialInstitutionIdentification18: 'BICFI? ClrSysMmbId? LEI? Nm?:Max140Text PstlAdr? Othr?',
  CashBalance8:
    'Tp:BalanceType13 CdtLine* Amt:Amount CdtDbtInd:CreditDebitCode Dt:DateAndDateTime2Choice Avlbty*',
  BalanceType13: 'CdOrPrtry:BalanceType10Choice SubTp?',
  BalanceType10Choice: 'Cd:ExternalCode | Prtry',
  TotalTransactions6:
    'TtlNtries?:NumberAndSumOfTransactions4 TtlCdtNtries?:NumberAndSumOfTransactions1 TtlDbtNtries?:NumberAndSumOfTransactions1 TtlNtriesPerBkTxCd*',
  NumberAndSumOfTransactions4:
    'NbOfNtries?:Max15NumericText Sum?:DecimalNumber TtlNetNtry?:AmountAndDirection35',
  NumberAndSumOfTransactions1: 'NbOfNtries?:Max15NumericText Sum?:DecimalNumber',
  AmountAndDirection35: 'Amt:DecimalNumber CdtDbtInd:CreditDebitCode',
  ReportEntry10:
    'NtryRef?:Max35Text Amt:Amount CdtDbtInd:CreditDebitCode RvslInd?:Indicator Sts:EntryStatus1Choice BookgDt?:DateAndDateTime2Choice ' +
    'ValDt?:DateAndDateTime2Choice AcctSvcrRef?:Max35Text Avlbty* BkTxCd:BankTransactionCodeStructure4 ComssnWvrInd? AddtlInfInd? AmtDtls? ' +
    'Chrgs? TechInptChanl? Intrst? CardTx? NtryDtls*:EntryDetails9 AddtlNtryInf?',
  EntryStatus1Choice: 'Cd:ExternalCode | Prtry',
  DateAndDateTime2Choice: 'Dt:ISODate | DtTm:ISODateTime',
  BankTransactionCodeStructure4:
    'Domn?:BankTransactionCodeStructure5 Prtry?:ProprietaryBankTransactionCodeStructure1',
  BankTransactionCodeStructure5: 'Cd:ExternalCode Fmly:BankTransactionCodeStructure6',
  BankTransactionCodeStructure6: 'Cd:ExternalCode SubFmlyCd:ExternalCode',
  ProprietaryBankTransactionCodeStructure1: 'Cd:Max35Text Issr?:Max35Text',
  EntryDetails9: 'Btch? TxDtls*:EntryTransaction10',
  EntryTransaction10:
    'Refs?:TransactionReferences6 Amt?:Amount CdtDbtInd?:CreditDebitCode AmtDtls?:AmountAndCurrencyExchange3 Avlbty* BkTxCd? Chrgs? Intrst? ' +
    'RltdPties?:TransactionParties6 RltdAgts? LclInstrm? Purp? RltdRmtInf* RmtInf?:RemittanceInformation16 RltdDts?:TransactionDates3 ' +
    'RltdPric? RltdQties* FinInstrmId? Tax? RtrInf? CorpActn? SfkpgAcct? CshDpst* CardTx? AddtlTxInf?:Max500Text SplmtryData*',
  AmountAndCurrencyExchange3:
    'InstdAmt? TxAmt? CntrValAmt?:AmountAndCurrencyExchangeDetails3 AnncdPstngAmt? PrtryAmt*',
  AmountAndCurrencyExchangeDetails3: 'Amt:Amount CcyXchg?:CurrencyExchange5',
  CurrencyExchange5:
    'SrcCcy:CurrencyCode TrgtCcy?:CurrencyCode UnitCcy?:CurrencyCode XchgRate:BaseOneRate CtrctId? QtnDt?',
  TransactionReferences6:
    'MsgId? AcctSvcrRef?:Max35Text PmtInfId? InstrId? EndToEndId? UETR? TxId? MndtId? ChqNb? ClrSysRef? AcctOwnrTxId? AcctSvcrTxId? ' +
    'MktInfrstrctrTxId? PrcgId? Prtry*:ProprietaryReference1',
  ProprietaryReference1: 'Tp:Max35Text Ref:Max35Text',
  TransactionParties6:
    'InitgPty? Dbtr?:Party40Choice DbtrAcct?:CashAccount38 UltmtDbtr? Cdtr?:Party40Choice CdtrAcct?:CashAccount38 UltmtCdtr? TradgPty? Prtry*',
  Party40Choice: 'Pty:PartyIdentification135 | Agt',
  RemittanceInformation16: 'Ustrd*:Max140Text Strd*',
  TransactionDates3:
    'AccptncDtTm? TradActvtyCtrctlSttlmDt? TradDt? IntrBkSttlmDt? StartDt? EndDt? TxDtTm? Prtry*:ProprietaryDate3',
  ProprietaryDate3: 'Tp:Max35Text Dt:DateAndDateTime2Choice',
  Max34Text: text(34),
  Max35Text: text(35),
  Max140Text: text(140),
  Max500Text: text(500),
  Max15NumericText: /^\d{1,15}$/,
  ExternalCode: /^[A-Z]{4}$/,
  CurrencyCode: /^[A-Z]{3}$/,
  CreditDebitCode: /^(?:CRDT|DBIT)$/,
  Indicator: /^(?:true|false)$/,
  // At most 18 digits in all, five of them after the point; never below zero.
  Amount: /^(?!(?:\d\.?){19})\d+(?:\.\d{1,5})?$/,
  DecimalNumber: /^(?!(?:\d\.?){19})\d+(?:\.\d{1,17})?$/,
  // Eleven digits in all, ten of them after the point; zeros that lead do not count.
  BaseOneRate: /^(?=\d+(?:\.\d{1,10})?$)0*(?:\d\.?){0,11}$/,
  ISODate: new RegExp(`^${day}$`),
  ISODateTime: new RegExp(`^${day}T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?Z$`),
}
