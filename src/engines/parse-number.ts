/** Numbers and amounts of money as people and programs write them. */

export type DecimalSign = '.' | ','

/** Longer than any number a double can hold; the patterns below take time that grows faster than the text. */
const LONGEST = 400
/** With room for a currency, signs and spaces; the pattern of an amount grows with the sixth power of what it reads. */
const LONGEST_AMOUNT = 60

/**
 * The decimal sign a whole column agrees on, or null when nothing decides it ("1.234" alone is a thousand or one and a bit).
 * A sign followed by other than three digits, or standing last after the other sign, is the decimal one.
 */
export function findDecimalSign(samples: readonly string[]): DecimalSign | null {
  for (const sample of samples) {
    const text = sample.replace(/[^\d.,]/g, '')
    const point = text.lastIndexOf('.')
    const comma = text.lastIndexOf(',')
    if (point >= 0 && comma >= 0) return point > comma ? '.' : ','
    const at = Math.max(point, comma)
    if (at < 0) continue
    const sign: DecimalSign = point >= 0 ? '.' : ','
    if (text.indexOf(sign) !== at) return sign === '.' ? ',' : '.'
    if (text.length - at - 1 !== 3 || text.startsWith('0') || at > 3) return sign
  }
  return null
}

/** Null when the text is no number. With `sign` null, a lone sign is taken as the decimal one, as programs write it. */
export function numberOf(text: string, sign: DecimalSign | null): number | null {
  if (text.length > LONGEST) return null
  const decimal = sign ?? findDecimalSign([text]) ?? (text.includes(',') && !text.includes('.') ? ',' : '.')
  const thousands = decimal === '.' ? ',' : '.'
  const compact = text.replace(/[\s\u00a0\u202f'’_]/g, '').replace(/\u2212/g, '-')
  const whole = compact.split(decimal)[0] ?? ''
  if (whole.includes(thousands) && !/^[+-]?\d{1,3}([.,]\d{3})+$/.test(whole)) return null
  if (compact.slice(whole.length + 1).includes(thousands)) return null
  const plain = compact.replaceAll(thousands, '').replace(decimal, '.')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return null
  const number = Number(plain)
  return Number.isFinite(number) ? number : null
}

const signs: Readonly<Record<string, string>> = {
  '€': 'EUR',
  $: 'USD',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
  '₽': 'RUB',
  '₩': 'KRW',
  '₺': 'TRY',
  '₴': 'UAH',
  zł: 'PLN',
  kč: 'CZK',
  fr: 'CHF',
  'fr.': 'CHF',
  us$: 'USD',
  a$: 'AUD',
  c$: 'CAD',
}

/** Minor units and currency of "€ 1.234,56", "1,234.56 USD", "(12.00)"; null when it is no amount. A currency it does not name is `currency`. */
export function moneyOf(
  text: string,
  sign: DecimalSign | null,
  currency: string,
): { minor: number; currency: string } | null {
  if (text.length > LONGEST_AMOUNT) return null
  const found =
    /^(\(?)\s*([+\-−]?)\s*([^\d\s.,()+\-−]{1,3}\.?)?\s*([+\-−]?\s*[\d.,\s\u00a0\u202f'’]*\d)(?:,-|,–|\.-)?\s*([^\d\s()]{1,3}\.?)?\s*(\)?)$/u.exec(
      text.replace(/\s+/g, ' '),
    )
  if (!found) return null
  const named = found[3] ?? found[5]
  const code = named === undefined ? currency : currencyOf(named)
  const amount = numberOf((found[4] ?? '').replace(/\s/g, ''), sign)
  if (code === null || amount === null) return null
  const isNegative = found[1] === '(' || (found[2] ?? '') === '-' || found[2] === '−'
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits ?? 2
  const minor = Math.round(Number((amount * 10 ** digits).toPrecision(15)))
  return Number.isSafeInteger(minor) ? { minor: isNegative ? -minor : minor, currency: code } : null
}

function currencyOf(named: string): string | null {
  const sign = signs[named.toLowerCase()]
  if (sign) return sign
  return /^[a-z]{3}$/i.test(named) ? named.toUpperCase() : null
}
