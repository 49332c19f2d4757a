/** Filter values with a form of their own: addresses with networks, and amounts with currencies. */
import { isIP } from 'node:net'
import { say } from '#engines/say.ts'
import type { Term } from './filter.ts'
import type { Fragment } from './sql.ts'
import { raw, sql } from './sql.ts'

interface Reading {
  readonly column: Fragment
  /** The currency of an amount. */
  readonly beside: Fragment | null
  readonly term: Term
  readonly value: string
}
type Refuse = (because: string) => Error

/** An address finds itself; a network (10.2.0.0/16) finds every address and network inside it. */
export function ipIs({ column, value }: Reading, refuse: Refuse): Fragment {
  const [address = '', bits, ...more] = value.split('/')
  const version = address.includes('%') ? 0 : isIP(address)
  const isBits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  if (version === 0 || !isBits || more.length > 0)
    throw refuse(say`"${value}" is no IP address or network. Write 10.2.0.7, 10.2.0.0/16 or fd00::/8.`)
  // An address with the length of its network (10.2.3.4/16) is found by its bare self as well.
  return bits === undefined ? sql`host(${column}) = host(${value}::inet)` : sql`${column} <<= network(${value}::inet)`
}

/** Digits after the point of each currency that has another number of them than two, as ISO 4217 says. */
function exponentOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.resolvedOptions().maximumFractionDigits ?? 2
}
const AMOUNT = /^([+-]?\d{1,13}(?:\.\d{1,6})?)\s?([A-Za-z]{3})?$/

/** 100EUR compares amounts in euros; 100 compares any currency's minor units as if there were a hundred to one. */
export function moneyIs({ column, beside, term, value }: Reading, refuse: Refuse): Fragment {
  const match = AMOUNT.exec(value.trim())
  if (match === null)
    throw refuse(
      say`"${value}" is not an amount. Write 100EUR; 100 alone compares every currency as if it had two decimals.`,
    )
  const compared = raw(term.operator === 'is' || term.operator === 'contains' ? '=' : term.operator)
  const currency = match[2]?.toUpperCase()
  if (currency !== undefined && !Intl.supportedValuesOf('currency').includes(currency))
    throw refuse(say`"${currency}" is not a currency. Write its three letters, such as EUR.`)
  const minor = Math.round(Number(match[1]) * 10 ** (currency === undefined ? 2 : exponentOf(currency)))
  const amount = sql`${column} ${compared} ${minor}::double precision`
  return currency === undefined ? amount : sql`${amount} and ${beside ?? raw('null::text')} = ${currency}`
}
