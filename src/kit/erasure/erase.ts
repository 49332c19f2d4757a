/**
 * Erases a person: the row stays as "Person 5 (erased)", so that everything that refers to it holds; what it said goes, from
 * the row, from how they sign in, from what is about them alone, and from the journal, where names were written down beside
 * references. Free text of others is not searched by guess: where to look is listed.
 */
import { system } from '#kit/actor.ts'
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import type { Changes, JournalRow } from '#kit/journal.ts'
import type { RecordType } from '#kit/record.ts'
import { snake } from '#kit/record.ts'
import { anonymise, erasedName } from '#kit/retention/anonymise.ts'
import { forgetSignIn } from '#kit/retention/forget-sign-in.ts'
import { heldSays, holdsOn } from '#kit/retention/holds.ts'
import { fieldNames, namesPerson, personFields } from '#kit/retention/naming.ts'
import { purge } from '#kit/retention/purge.ts'
import { removeHanging } from '#kit/retention/run.ts'
import { eraseEntries } from '#kit/seal/erase.ts'
import type { Fragment } from '#kit/sql.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store, Unit } from '#kit/store.ts'

export interface Look {
  readonly record: string
  readonly label: string
  /** The field that names them; createdBy for what they wrote. */
  readonly field: string
  readonly count: number
}
export interface Erasing {
  readonly store: Store
  readonly org: number
  readonly person: number
}
const RULE = 'erasure of a person'
const SET = 500

/** Why the person cannot be erased now, or null: they, or something that names them, are on legal hold. */
export async function erasureRefusal(
  { store, org, person }: Erasing,
  actor: Actor,
  on: Sql = store.db,
): Promise<string | null> {
  for (const record of store.catalogue.records) {
    const rows = await run<{ id: number }>(
      on,
      sql`select t.id from ${raw(record.table)} t where t.org = ${org} and ${namesPerson({ record, added: store.catalogue.customFields(org, record.name) }, person, { wrote: true })}`,
    )
    for (let at = 0; at < rows.length; at += 10_000) {
      const ids = rows.slice(at, at + 10_000).map(({ id }) => id)
      const [held] = await holdsOn(on, { store, org, record, ids })
      if (held !== undefined) return heldSays(actor, `${record.number}-${held[0]}`, held[1])
    }
  }
  return null
}

/** Safe to run again where it stopped. @returns how many entries of the journal lost values */
export async function erasePerson(of: Erasing, request: string): Promise<{ entries: number; look: Look[] }> {
  const { store, org, person } = of
  const actor = system(org, request)
  const look = await whereToLook(of)
  const before = await store.transaction(actor, (unit) => eraseRow(of, unit, actor))
  return { look, entries: before + (await eraseTitles(of, actor, `P-${person}`)) }
}
async function eraseRow({ store, org, person }: Erasing, unit: Unit, actor: Actor): Promise<number> {
  const record = store.catalogue.get('person')
  const { on } = unit
  await run(on, sql`select 1 as one from person where org = ${org} and id = ${person} for update`)
  const row = await store.get(actor, record, person, { unit })
  if (row['status'] === 'active' && row.binnedAt === null)
    await store.move(actor, record, { id: person, rev: null, move: 'leave' }, {}, { unit })
  for (const kind of store.catalogue.records) await removeOwn(store, unit, actor, { kind, person })
  await removeHanging({ store, actor, record }, unit, { ids: [person], rule: RULE })
  await anonymise({ store, unit, actor, record, rule: RULE }, [person])
  return forgetSignIn({ store, unit, actor, rule: RULE }, person)
}
/** Rows about them alone, and arrangements that only they see. */
async function removeOwn(
  store: Store,
  unit: Unit,
  actor: Actor,
  { kind, person }: { kind: RecordType; person: number },
): Promise<void> {
  const { personalTo } = kind
  const mine = kind.private
  const where = personalTo !== undefined ? sql`t.${raw(snake(personalTo))} = ${person}` : mine === undefined ? null : theirsAlone(mine, person) // oxfmt-ignore
  if (where === null) return
  const rows = await run<{ id: number }>(
    unit.on,
    sql`select t.id from ${raw(kind.table)} t where t.org = ${actor.org} and ${where} for update`,
  )
  if (rows.length > 0)
    await purge(
      { store, unit, actor, record: kind, rule: RULE },
      rows.map(({ id }) => id),
    )
}
/** What a team or everybody reads stays for them. */
function theirsAlone({ owner, unless, team }: NonNullable<RecordType['private']>, person: number): Fragment {
  const alone = sql`t.${raw(snake(owner))} = ${person} and t.${raw(snake(unless[0]))} <> ${unless[1]}`
  return team === undefined ? alone : sql`${alone} and t.${raw(snake(team))} is null`
}
/** Names that the journal wrote down beside references to the person. */
async function eraseTitles({ store, org, person }: Erasing, actor: Actor, number: string): Promise<number> {
  const title = erasedName(store.catalogue.get('person'), person)
  let done = 0
  for (let last = '00000000-0000-0000-0000-000000000000'; ;) {
    const count = await store.transaction(actor, async ({ on }) => {
      const rows = await run<JournalRow>(
        on,
        sql`select id::text, org, at, occurred_at, actor, on_behalf_of, request, record, record_id, action, changes, reason, origin, salt, leaf
          from journal where org = ${org} and id > ${last}::uuid and changes::text like ${`%"number": "${number}"%`} order by journal.id limit ${SET}`,
      )
      last = rows.at(-1)?.id ?? last
      done += await eraseEntries({ on, actor, now: store.now(), reason: RULE }, rows, ({ changes }) => withTitle(changes, number, title)) // oxfmt-ignore
      return rows.length
    })
    if (count < SET) return done
  }
}
/** The changes with another title; null when they have it already. */
function withTitle(changes: Changes, number: string, title: string): Changes | null {
  let isChanged = false
  const made = JSON.parse(
    JSON.stringify(changes, (_, value: unknown) => {
      const isThem = typeof value === 'object' && value !== null && 'number' in value && 'title' in value && value.number === number // oxfmt-ignore
      if (!isThem || value.title === title) return value
      isChanged = true
      return { ...value, title }
    }),
  ) as Changes // as it was, but for titles
  return isChanged ? made : null
}

/** Kinds and fields with free text that name them: to be looked at by hand. */
async function whereToLook({ store, org, person }: Erasing): Promise<Look[]> {
  const made: Look[] = []
  for (const record of store.catalogue.records) {
    const isWordy = Object.values(record.fields).some(({ kind }) => kind === 'longText' || kind === 'text')
    if (!isWordy || record.personalTo !== undefined) continue
    const of = { record, added: store.catalogue.customFields(org, record.name) }
    for (const field of ['createdBy', ...personFields(of)]) {
      const where = field === 'createdBy' ? sql`t.created_by = ${person}` : fieldNames(of, field, person)
      const rows = await run<{ n: number }>(store.db, sql`select count(*) as n from ${raw(record.table)} t where t.org = ${org} and ${where}`) // oxfmt-ignore
      const count = rows[0]?.n ?? 0
      if (count > 0) made.push({ record: record.name, label: record.labelPlural, field, count })
    }
  }
  return made
}
