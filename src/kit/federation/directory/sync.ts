/** One run of a directory: read, plan, ask if too many would leave, write, and say what was done. */
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { system } from '#kit/actor.ts'
import { Refusal } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { Identities } from '#kit/sign-in.ts'
import type { DirectoryEntry, LdapPort } from '#kit/federation/ports.ts'
import { written } from '#kit/federation/providers.ts'
import type { LdapProvider } from '#kit/federation/settings.ts'
import type { KnownEntry } from './known.ts'
import { knownEntries, takenOf } from './known.ts'
import { writeManagers } from './managers.ts'
import { Places } from './places.ts'
import type { Plan } from './plan.ts'
import { planOf } from './plan.ts'
import { writeRoles } from './roles.ts'
import type { Synced } from './state.ts'
import { keepState } from './state.ts'
import { Told } from './told.ts'
import type { WriteContext } from './write.ts'
import { writePersons } from './write.ts'

export interface SyncParts {
  readonly store: Store
  readonly identities: Identities
  readonly federation: { readonly ldap: LdapPort }
}
export interface SyncOrder {
  /** Says what would change, and changes nothing. */
  readonly isDry: boolean
  /** Reads everything, not only what changed since the last run. */
  readonly isFull: boolean
  /** Somebody said yes to many leaving. */
  readonly mayRemoveMany: boolean
}
/** Below this many, a share says little. */
const FEW = 5
/** Groups change without a trace on the entry: everything is read once a day. */
const FULL_AFTER_MS = 86_000_000

/** @returns how it ended, which is also kept with the provider; a directory that cannot be asked is no fault of ours */
export async function syncDirectory(
  parts: SyncParts,
  provider: LdapProvider,
  order: SyncOrder,
  last: Synced | null,
): Promise<Synced> {
  const { store } = parts
  const began = Date.parse(store.now())
  const told = new Told()
  const since = sinceWhen(provider, order, last, began)
  const base = { at: store.now(), isDry: order.isDry, isFull: since === null }
  await keepState(store.db, provider, {
    ...base,
    ...told.all(),
    state: 'running',
    because: null,
    seconds: 0,
    next: last?.next ?? null,
  })
  const end = async (state: Synced['state'], because: string | null, next: Synced['next']): Promise<Synced> => {
    const seconds = (Date.parse(store.now()) - began) / 1000
    const synced: Synced = { ...base, ...told.all(), state, because, seconds, next }
    await keepState(store.db, provider, synced)
    return synced
  }
  try {
    const read = await readAll(parts, provider, since, told)
    const person = store.catalogue.get('person')
    const plan = await planOf(store.db, provider, person, read)
    told.plan(plan)
    const because = askFirst(provider, read, plan)
    if (because !== null && !(order.mayRemoveMany && read.present.size > 0)) {
      for (const { name, person: id } of plan.leave) told.change({ what: 'leave', name, person: id, fields: [] })
      return await end('asks', because, last?.next ?? null)
    }
    await carryOut(parts, provider, { plan, person, order, told })
    return await end(
      'done',
      null,
      order.isDry ? (last?.next ?? null) : nextOf(read, { since, last, provider, at: base.at }),
    )
  } catch (error) {
    if (error instanceof Refusal) return end('failed', error.message, null)
    await end(
      'failed',
      say`It stopped because of a fault in Pilothouse, which is in the log. The next run reads everything again.`,
      null,
    )
    throw error
  }
}
/** Where the next run begins. */
function nextOf(
  { newest }: WholeRead,
  { since, last, provider, at }: { since: string | null; last: Synced | null; provider: LdapProvider; at: string },
): Synced['next'] {
  const from = newest ?? since
  if (from === null) return null
  return { since: from, fullAt: since === null ? at : (last?.next?.fullAt ?? at), rev: provider.rev }
}
function sinceWhen({ rev }: LdapProvider, order: SyncOrder, last: Synced | null, nowMs: number): string | null {
  const next = last?.next ?? null
  if (order.isFull || next === null || next.rev !== rev || nowMs - Date.parse(next.fullAt) > FULL_AFTER_MS) return null
  return next.since
}

interface WholeRead {
  readonly differing: DirectoryEntry[]
  readonly present: Set<string>
  readonly known: Map<string, KnownEntry>
  /** The newest modifyTimestamp. */
  readonly newest: string | null
}
async function readAll(
  { store, federation }: SyncParts,
  provider: LdapProvider,
  since: string | null,
  told: Told,
): Promise<WholeRead> {
  const known = await knownEntries(store.db, provider)
  const differing: DirectoryEntry[] = []
  const present = new Set<string>()
  let newest: string | null = null
  for await (const page of federation.ldap.entries(provider, since)) {
    for (const entry of page) {
      if (since === null) present.add(entry.id)
      if (entry.modified !== null && (newest === null || entry.modified > newest)) newest = entry.modified
      if (known.get(entry.id)?.digest !== takenOf(entry).digest) differing.push(entry)
    }
  }
  if (since !== null)
    for await (const page of federation.ldap.present(provider)) for (const { id } of page) present.add(id)
  told.counts.entries = present.size
  return { differing, present, known, newest }
}
/** Why this run waits for a yes, or null: a wrong base or filter looks as if everybody had left. */
function askFirst({ name, settings }: LdapProvider, read: WholeRead, plan: Plan): string | null {
  const active = [...read.known.values()].filter(({ isActive }) => isActive).length
  if (read.present.size === 0 && active > 0)
    return say`${name} shows no entry at all, although ${active} persons come from it. Check its base, its filter and what its account may read.`
  if (plan.leave.length <= FEW || plan.leave.length * 100 <= active * settings.mostLeaversPercent) return null
  return say`${plan.leave.length} of ${active} persons would be marked as left, which is more than ${settings.mostLeaversPercent} %. Nothing was changed. Look at the list; if it is right, run it with "let them leave".`
}

async function carryOut(
  parts: SyncParts,
  provider: LdapProvider,
  { plan, person, order, told }: { plan: Plan; person: RecordType; order: SyncOrder; told: Told },
): Promise<void> {
  const { store, identities } = parts
  const actor: Actor = { ...system(provider.org, `directory-${crypto.randomUUID()}`, 'directory'), name: provider.name }
  const units = await Places.units(store.db, provider.org)
  const locations = await Places.locations(store.db, provider.org)
  const context: WriteContext = {
    store,
    provider,
    actor,
    person,
    units,
    locations,
    isDry: order.isDry,
    note: (change) => told.change(change),
    fail: (entry, because) => told.problem({ entry, because }),
  }
  await moves(parts, context, plan, told)
  const people = await writePersons(context, plan.write)
  for (const problem of [...units.problems(), ...locations.problems()]) told.problem(problem)
  if (order.isDry) return
  await writeManagers(context, plan.write, people)
  const touched = await writeRoles(context, plan.write, people)
  if (touched.length > 0) identities.forget(provider.org, touched)
  await written(store, store.db, actor, {
    id: provider.id,
    action: 'sync',
    changes: { counts: [null, told.counts] },
    reason: say`${told.counts.entries} entries read`,
  })
}
/** Who leaves and who is back: one by one, as if somebody did it, with everything that hangs on it. */
async function moves(
  { identities }: SyncParts,
  { store, actor, person, provider, isDry }: WriteContext,
  plan: Plan,
  told: Told,
): Promise<void> {
  for (const { person: id, name, because } of plan.leave) {
    told.change({ what: 'leave', name, person: id, fields: [] })
    if (!isDry)
      await move(
        'leave',
        id,
        because === 'gone' ? say`${provider.name}: the entry is gone` : say`${provider.name}: the entry is disabled`,
      )
  }
  for (const id of plan.back) {
    told.change({ what: 'return', name: `P-${id}`, person: id, fields: [] })
    if (!isDry) await move('return', id, say`${provider.name}: the entry is back`)
  }
  async function move(which: string, id: number, reason: string): Promise<void> {
    try {
      await store.move(actor, person, { id, rev: null, move: which }, {}, { reason })
      if (which === 'leave')
        await run(
          store.db,
          sql`update identity set resource = (resource - 'digest') || '{"left": true}' where org = ${actor.org} and provider = ${provider.id} and person = ${id}`,
        )
      identities.end(actor.org, id)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      told.problem({ entry: `P-${id}`, because: error.message })
    }
  }
}
