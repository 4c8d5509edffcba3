// Which currencies exist, and how many minor digits each has (ISO 4217).

declare const currencyBrand: unique symbol

/** An ISO 4217 code that `isCurrency` has accepted. */
export type CurrencyCode = string & { readonly [currencyBrand]: true }

// Active codes of ISO 4217 without the ones that have no minor unit (metals, XDR, testing). The last line holds codes
// retired since 2011 that old statements still carry.
const CODES_BY_MINOR_DIGITS: ReadonlyArray<readonly [number, string]> = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF BYR'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY
    COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS
    INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR
    MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
    STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
    ANG BGN CUC EEK HRK LTL LVL MRO SLL STD VEF ZMK ZWL`,
  ],
]

const MINOR_DIGITS: ReadonlyMap<string, number> = new Map(
  CODES_BY_MINOR_DIGITS.flatMap(([digits, codes]) =>
    codes.split(/\s+/).map((code) => [code, digits] as const),
  ),
)

export function isCurrency(code: string): code is CurrencyCode {
  return MINOR_DIGITS.has(code)
}

/** Digits after the decimal point: 2 for INR, 0 for JPY, 3 for KWD; undefined for a code we do not know. */
export function minorDigits(code: CurrencyCode): number
export function minorDigits(code: string): number | undefined
export function minorDigits(code: string): number | undefined {
  return MINOR_DIGITS.get(code)
}
