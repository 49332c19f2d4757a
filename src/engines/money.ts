/** Money as people write it: how many decimals a currency has, and an amount in whole units. (ISO 4217 as `Intl` knows it.) */

const digitsOf = new Map<string, number>()

/** 2 for EUR, 0 for JPY, 3 for KWD; 2 for what is no currency. */
export function fractionDigits(currency: string): number {
  const known = digitsOf.get(currency)
  if (known !== undefined) return known
  const digits = /^[A-Z]{3}$/.test(currency)
    ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)
    : 2
  digitsOf.set(currency, digits)
  return digits
}
/** 123456 EUR → 1234.56 */
export function wholeUnits(minor: number, currency: string): number {
  return minor / 10 ** fractionDigits(currency)
}
