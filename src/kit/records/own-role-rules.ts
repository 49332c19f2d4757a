/** A role of the organisation's own is made of what built-in roles may do: never of what only administrators may. */
import { amid, say } from '#engines/say.ts'
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
      return say`Whoever may do more with ${amid(record.labelPlural)} has to read them. Add "read".`
  }
  return null
}
/** Some built-in role besides administrators may do it, by the role and not by being named in the row. */
export function isGivable(record: RecordType, deed: Deed): boolean {
  return whoMay(record, deed).some((who) => who !== 'administrator' && !who.startsWith('field:'))
}
function refusal(record: RecordType, deed: Deed): string {
  const them = amid(record.labelPlural)
  return whoMay(record, deed).length === 0
    ? say`A role cannot have "${deed}" for ${them}: that is for Pilothouse itself. Take it away.`
    : say`A role cannot have "${deed}" for ${them}: that is for administrators and the people named in them. Take it away.`
}
