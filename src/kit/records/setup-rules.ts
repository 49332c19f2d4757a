/** Rules of what people arrange for themselves: added fields fit their record for good, saved views belong to somebody. */
import { say } from '#engines/say.ts'
import { BASE_FIELDS } from '#kit/condition.ts'
import { labelOf } from '#kit/field.ts'
import type { Misfits } from '#kit/problem.ts'
import type { Deriving, Rules } from '#kit/store.ts'

export const customFieldRules: Rules = { fits: misplaced, refuse: changedForGood }
export const savedViewRules: Rules = {
  derive: ({ before, actor }) =>
    before !== null || actor.person === null
      ? {}
      : { owner: { id: actor.person, number: `P-${actor.person}`, title: actor.name } },
}

function misplaced({ after, store }: Deriving): Misfits {
  const record = store.catalogue.find(String(after['record']))
  const name = String(after['name'])
  if (record === null)
    return {
      record: say`There is no kind of record called "${String(after['record'])}". Write one such as incident or person.`,
    }
  if (!/^[a-z][A-Za-z0-9]*$/.test(name))
    return {
      name: `"${name}" cannot be the name of a field. Use letters and digits, beginning with a small letter: costCentre.`,
    }
  if (
    record.fields[name] !== undefined ||
    BASE_FIELDS[name] !== undefined ||
    ['rev', 'number', 'custom', 'binnedAt', 'reason'].includes(name)
  )
    return { name: `${record.label} has a field "${name}" of its own. Choose another name.` }
  const options = after['options']
  return after['kind'] === 'choice' && !(Array.isArray(options) && options.length > 0)
    ? { options: say`A choice needs its options. Give a list such as [{"value":"a","label":"A"}].` }
    : {}
}
/** Values are kept under the name and in the form of the kind: another one would not read them any more. */
function changedForGood({ before, after }: Deriving): string | null {
  const changed = before === null ? undefined : ['record', 'name', 'kind'].find((name) => before[name] !== after[name])
  return changed === undefined
    ? null
    : say`${labelOf(changed)} of an added field stays as it is, because values are kept by it. Put this field into the bin and add another one.`
}
