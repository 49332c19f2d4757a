// An amount as people paste it from a sheet, in either way of writing numbers.
import { currencyDigits } from '../fields/format.ts'

/** Whole minor units (cents), or null when it is no amount. Both 12,500.50 and 12.500,50 are understood; 12.500 is twelve thousand five hundred, as nobody writes three decimals. */
export function minorOf(text: string, currency: string): number | null {
  const bare = text.replaceAll(/[\s'’\u00a0\u202f€$£]/g, '').replace(/^[A-Z]{3}|[A-Z]{3}$/g, '')
  if (!/^\d+([.,]\d{3})*([.,]\d{1,2})?$/.test(bare) || !/^[A-Z]{3}$/.test(currency)) return null
  const [, whole = '', decimals = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(bare) ?? []
  return Math.round(Number(`${whole.replaceAll(/[.,]/g, '')}.${decimals || '0'}`) * 10 ** currencyDigits(currency))
}
