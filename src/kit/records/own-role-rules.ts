/** A role of the organisation's own is made of what built-in roles may do: never of what only administrators may. */
import { said, say } from '#engines/say.ts'
import { whoMay } from '#kit/access.ts'
import type { Deed } from '#kit/actor.ts'
import type { RecordType } from '#kit/record.ts'
import type { Deriving, Rules } from '#kit/store.ts'

export const ownRoleRules: Rules = { fits: (facts) => ({ rights: rightsRefusal(facts) }) }

function rightsRefusal({ after, store }: Deriving): string | null {
  const rights = Object.entries(Object(after['rights']) as Record<string, Deed[]>) // checked by the field
  for (const [name, deeds] of rights) {
    const record = store.catalogue.find(name)
    if (record === null) return say`There is no kind of record called "${name}". Write one such as incident or person.`
    const beyond = deeds.find((deed) => !isGivable(record, deed))
    if (beyond !== undefined) return refusal(record, beyond)
    if (deeds.length > 0 && !deeds.includes('read') && !record.can.read.includes('everyone'))
      return say`Whoever may ${deeds[0]} ${said(record.labelPlural).toLowerCase()} has to read them. Add "read".`
  }
  return null
}
/** Some built-in role besides administrators may do it, by the role and not by being named in the row. */
export function isGivable(record: RecordType, deed: Deed): boolean {
  return whoMay(record, deed).some((who) => who !== 'administrator' && !who.startsWith('field:'))
}
function refusal(record: RecordType, deed: Deed): string {
  const who = whoMay(record, deed).length === 0 ? 'Pilothouse itself' : 'administrators and the people named in them'
  return say`A role cannot ${deed} ${said(record.labelPlural).toLowerCase()}: that is for ${who}. Take it away.`
}
