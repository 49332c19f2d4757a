// A record with a field of every kind, for tests of the kit itself.
import type { Actor } from '#kit/actor.ts'
import { system } from '#kit/actor.ts'
import { CUSTOM_KINDS, customField } from '#kit/added.ts'
import type { Database } from '#kit/database.ts'
import * as field from '#kit/field.ts'
import { record } from '#kit/record.ts'
import type { RecordType } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Rules } from '#kit/store.ts'
import { Store } from '#kit/store.ts'
import type { Move } from '#kit/workflow.ts'
import { workflow } from '#kit/workflow.ts'
import { allRules, newCatalogue } from '#app'

const { optional } = field

export const specimen = record('specimen', {
  about: 'One of everything.',
  number: 'SPEC',
  fields: {
    name: field.text(),
    note: optional(field.longText()),
    size: optional(field.choice(['small', 'medium', 'large'])),
    grade: optional(field.choice(['a', 'b', 'c'])),
    status: field.states(['open', 'busy', 'done']),
    weight: optional(field.number({ unit: 'kg' })),
    cost: optional(field.money()),
    fragile: optional(field.boolean({ default: null })),
    seenAt: optional(field.instant()),
    bornOn: optional(field.day()),
    effort: optional(field.duration()),
    keeper: optional(field.person()),
    helpers: field.refs('person'),
    twin: optional(field.ref('specimen')),
    on: optional(field.any()),
    mail: optional(field.email()),
    page: optional(field.url()),
    host: optional(field.ip()),
    paper: optional(field.attachment({ accept: ['application/pdf', 'text/plain'], mostBytes: 1_000_000 })),
    shape: optional(field.json((value) => (typeof value === 'object' ? null : 'Give a structure.'))),
    checkedBy: field.stamped(field.person()),
  },
  list: ['name', 'status', 'size', 'weight'],
  tallies: [['status'], ['size'], ['status', 'size']],
  can: { read: ['agent', 'field:keeper'], create: ['agent'], update: ['agent', 'field:keeper'], bin: ['manager'] },
})
const finish: Move = {
  to: 'done',
  by: ['agent'],
  guard: ({ row }) => (row['fragile'] === true ? 'It is fragile. Pack it first.' : null),
}
export const specimenFlow = workflow(
  specimen,
  'status',
  {
    open: {
      take: {
        to: 'busy',
        by: ['agent'],
        needs: ['keeper'],
        stamps: ({ actor }) => ({
          checkedBy:
            actor.person === null ? null : { id: actor.person, number: `P-${actor.person}`, title: actor.name },
        }),
      },
      finish,
    },
    busy: { finish },
    done: { reopen: { to: 'open', by: ['manager'] } },
  },
  { ends: ['done'] },
)

/** A store of organisation 1 with three persons, over a migrated database that has the tables of `records`. */
export async function newStore(
  db: Database,
  records: readonly RecordType[] = [specimen],
  rules: ReadonlyMap<string, Rules> = allRules(),
): Promise<{ store: Store; people: number[]; root: Actor }> {
  const store = new Store({
    db,
    catalogue: newCatalogue(records),
    now: () => new Date().toISOString(),
    rules,
    onCommit: () => {},
  })
  await run(db, sql`insert into organisation (id, name) values (1, 'Harbour Works'), (2, 'Other Works')`)
  const root = system(1, 'setup')
  const people: number[] = []
  for (const name of ['Ines', 'Omar', 'Zoë'])
    people.push((await store.create(root, store.catalogue.get('person'), { name })).id)
  return { store, people, root }
}
/** Fields that an administrator adds to the specimen, one of each kind: `mytext`, `myperson` … */
export function addCustomFields(store: Store): void {
  const options = [
    { value: 'z', label: 'Z' },
    { value: 'y', label: 'Y' },
  ]
  store.catalogue.replaceCustomFields(
    1,
    CUSTOM_KINDS.map((kind) => ({
      record: 'specimen',
      name: `my${kind}`,
      field: customField({ kind, label: `My ${kind}`, options, to: 'specimen' }),
    })),
  )
}
export function person(id: number, roles: Actor['roles'], org = 1): Actor {
  return { org, person: id, name: `person ${id}`, roles, origin: 'api', request: `request of ${id}` }
}
