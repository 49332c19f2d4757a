/** What a comment on an incident means: a first answer, a reply that was waited for, or "it is not solved". */
import { toSay } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { AnyRow } from '#kit/record.ts'
import type { Rules, Store, Unit } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import { byRule } from './by-rule.ts'
import { incident } from './incident.ts'
import { arrivesAtSurvivor, incidentIn } from './merged.ts'

const STAFF = ['administrator', 'manager', 'lead', 'agent']

export const commentRules: Rules = {
  ...arrivesAtSurvivor,
  after: async ({ before, after, actor, store, unit }) => {
    const id = incidentIn(after['on'])
    if (before !== null || id === null || actor.person === null) return
    const row = await store.get(byRule(actor), incident, id, { unit })
    const isRequester = idIn(row['requester']) === actor.person
    if (isRequester) return requesterSaid({ store, actor, unit }, row)
    const here = await store.near(actor, incident, id, unit.on)
    const isAnswer = after['internal'] !== true && here.roles.some((role) => STAFF.includes(role))
    if (isAnswer && row['respondedAt'] === null && row.binnedAt === null)
      await store.change(
        byRule(actor),
        incident,
        { id, rev: null },
        { respondedAt: store.now() },
        { unit, trusted: true, reason: toSay('First public answer') },
      )
  },
}

/**
 * A reply ends the wait for it. On a resolved or closed incident it means that the trouble is back: it is reopened.
 * @throws conflict (409) with what to do when it was closed too long ago; the comment is not kept then
 */
async function requesterSaid(
  { store, actor, unit }: { store: Store; actor: Actor; unit: Unit },
  row: AnyRow,
): Promise<void> {
  const target = { id: row.id, rev: row.rev }
  const status = row['status']
  if (row.binnedAt !== null) return
  if (status === 'waiting' && row['waitingFor'] === 'requester')
    await store.move(
      byRule(actor),
      incident,
      { ...target, move: 'resume' },
      {},
      { unit, reason: toSay('The requester has answered') },
    )
  if (status === 'resolved' || status === 'closed')
    await store.move(
      byRule(actor),
      incident,
      { ...target, move: 'reopen' },
      {},
      { unit, reason: toSay('The requester has written again') },
    )
}
