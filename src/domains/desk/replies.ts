/** Canned replies: a text with its places filled in for one incident. */
import type { Actor } from '#kit/actor.ts'
import type { AnyRow } from '#kit/record.ts'
import type { Store } from '#kit/store.ts'
import { cannedReply } from './around.ts'
import { incident } from './incident.ts'

export interface FilledReply {
  readonly text: string
  /** Places that this incident has nothing for, such as the requester of an alarm; they stay in the text. */
  readonly unfilled: readonly string[]
}

/** @throws not found when the actor may not see the reply or the incident */
export async function fillReply(
  store: Store,
  actor: Actor,
  { reply, about }: { reply: number; about: number },
): Promise<FilledReply> {
  const [text, row] = await Promise.all([
    store.get(actor, cannedReply, reply, { binned: false }),
    store.get(actor, incident, about),
  ])
  return filled(String(text['body'] ?? ''), {
    requester: titleOf(row['requester']),
    number: row.number,
    subject: textOf(row, 'subject'),
    me: actor.name,
    service: titleOf(row['service']),
    team: titleOf(row['team']),
  })
}

/** '{{requester}}' → the name. A place that is not known stays as it is, and is named. */
export function filled(body: string, values: Readonly<Record<string, string | null>>): FilledReply {
  const unfilled = new Set<string>()
  const text = body.replace(/\{\{\s*(\w{1,40})\s*\}\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : null
    if (value === null || value === undefined) unfilled.add(name)
    return value ?? whole
  })
  return { text, unfilled: [...unfilled] }
}
function titleOf(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'title' in value && typeof value.title === 'string'
    ? value.title
    : null
}
function textOf(row: AnyRow, name: string): string | null {
  const value = row[name]
  return typeof value === 'string' ? value : null
}
