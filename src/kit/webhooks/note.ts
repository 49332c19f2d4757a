/** What the addresses of webhooks share: their parts, the id in an address, the entry in the journal. */
import type { Call } from '#kit/contract.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import type { Fragment } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { JudgeAddress } from './ports.ts'

export interface WebhookParts {
  readonly store: Store
  readonly secret: Buffer
  readonly judgeAddress: JudgeAddress
}
/** 0 for what is no id: nothing has it. */
export function idIn(call: Call): number {
  return /^\d{1,15}$/.test(call.params['id'] ?? '') ? Number(call.params['id']) : 0
}
export function note(
  { store }: Pick<WebhookParts, 'store'>,
  { actor }: Call,
  action: string,
  said: Readonly<Record<string, unknown>>,
): Fragment {
  const changes = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, [null, value] as const]))
  return journalInsert([entry(actor, store.now(), { record: 'organisation', recordId: actor.org, action, changes })])
}
