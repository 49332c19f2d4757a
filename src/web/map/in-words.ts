// What a thing needs, in words: single ones first, then each group with how many of it are enough.
import { messages } from '../messages/messages.ts'
import type { Group, Need } from './contract.ts'

interface Ground {
  needs: readonly Need[]
  groups: readonly Group[]
  labelOf: ReadonlyMap<string, string>
}

/** "ERP database", "any 1 of 3: ERP nodes (ERP node 1, ERP node 2, ERP node 3)". Empty when it needs nothing that is shown. */
export function needsInWords(id: string, { needs, groups, labelOf }: Ground): string[] {
  const named = (ids: readonly string[]) => ids.flatMap((one) => labelOf.get(one) ?? []).join(', ')
  const single = needs.filter((need) => need.from === id && need.group === undefined)
  const own = groups.filter((group) => group.from === id && group.members.length > 0)
  return [
    ...single.flatMap((need) => labelOf.get(need.to) ?? []),
    ...own.map(
      (group) => `${messages.map.anyOf(group.minimum, group.members.length, group.name)} (${named(group.members)})`,
    ),
  ]
}
