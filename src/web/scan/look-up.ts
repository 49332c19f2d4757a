// Where the text of a code leads: a link to this installation, a number such as INC-1042, or words such as an asset tag. Nothing else is ever opened.
import type { Model, Searched, SearchHit } from '../data/contract.ts'
import { read } from '../data/http.ts'
import { addressOf, recordNamed } from '../data/model.ts'

export type Found =
  | { readonly kind: 'address'; readonly to: string }
  | { readonly kind: 'hits'; readonly hits: readonly SearchHit[] }
  | { readonly kind: 'elsewhere'; readonly host: string }
  | { readonly kind: 'nothing' }

/** @param origin of this installation. @throws Problem when the server cannot be asked */
export async function lookUp(text: string, model: Model, origin: string): Promise<Found> {
  const told = text.trim()
  const url = URL.canParse(told) && /^https?:/i.test(told) ? new URL(told) : null
  if (url !== null && url.origin !== origin) return { kind: 'elsewhere', host: url.host }
  if (url !== null) return { kind: 'address', to: `${url.pathname}${url.search}` }
  const record = byNumber(told, model)
  if (record !== null) return { kind: 'address', to: record }
  if (told === '') return { kind: 'nothing' }
  const { items } = await read<Searched>(`/search?q=${encodeURIComponent(told.slice(0, 200))}`)
  const [only] = items
  const of = only && items.length === 1 ? recordNamed(model, only.record) : null
  if (only && of) return { kind: 'address', to: addressOf(of, only.number) }
  return items.length === 0 ? { kind: 'nothing' } : { kind: 'hits', hits: items }
}

function byNumber(text: string, model: Model): string | null {
  const [, prefix = '', digits = ''] = /^#?([a-z]{1,8})[- ]?(\d{1,12})$/i.exec(text) ?? []
  const record = model.records.find((one) => one.prefix.toLowerCase() === prefix.toLowerCase())
  return record && digits !== '' ? addressOf(record, `${record.prefix}-${digits}`) : null
}
