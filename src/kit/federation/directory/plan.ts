/** From entries to what has to be done about each: whom to make, to link, to change, to let go, to take back. */
import { say } from '#engines/say.ts'
import { checkValue } from '#kit/check.ts'
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import type { RecordType } from '#kit/record.ts'
import { distrust } from '#kit/federation/person-of.ts'
import type { DirectoryEntry } from '#kit/federation/ports.ts'
import type { LdapProvider } from '#kit/federation/settings.ts'
import type { KnownEntry } from './known.ts'
import { TEXTS } from './known.ts'
import type { SyncProblem } from './state.ts'

export interface Planned {
  readonly entry: DirectoryEntry
  /** Null: a new person. */
  readonly person: number | null
  readonly what: 'create' | 'link' | 'change'
}
export interface Plan {
  readonly write: readonly Planned[]
  readonly leave: readonly { readonly person: number; readonly name: string; readonly because: string }[]
  readonly back: readonly number[]
  readonly problems: readonly SyncProblem[]
  readonly unknown: number
}
export interface Read {
  /** Entries that are new or differ from what was taken over. */
  readonly differing: readonly DirectoryEntry[]
  /** The ids of all entries. */
  readonly present: ReadonlySet<string>
  readonly known: ReadonlyMap<string, KnownEntry>
}

export async function planOf(on: Sql, provider: LdapProvider, person: RecordType, read: Read): Promise<Plan> {
  const problems: SyncProblem[] = []
  const write: Planned[] = []
  const leave: { person: number; name: string; because: string }[] = []
  const back: number[] = []
  let unknown = 0
  const fresh = read.differing.filter((entry) => !read.known.has(entry.id) && !entry.isDisabled)
  const here = await byEmail(on, provider, fresh)
  const used = new Set<string>()
  for (const raw of read.differing) {
    const { entry, because } = cleaned(person, raw)
    problems.push(...because.map((one) => ({ entry: raw.dn, because: one })))
    const known = read.known.get(entry.id)
    if (known !== undefined) {
      if (entry.isDisabled && known.isActive)
        leave.push({ person: known.person, name: entry.name, because: 'disabled' })
      else if (!entry.isDisabled && !known.isActive && known.isLeft) back.push(known.person)
      write.push({ entry, person: known.person, what: 'change' })
      continue
    }
    if (entry.isDisabled) continue
    const decided = newcomer(provider, { entry, here, used })
    if (decided === null) unknown++
    else if (typeof decided === 'string') problems.push({ entry: entry.dn, because: decided })
    else write.push(decided)
  }
  for (const { subject, person: id, dn, isActive } of read.known.values())
    if (isActive && !read.present.has(subject)) leave.push({ person: id, name: dn ?? subject, because: 'gone' })
  return { write, leave, back, problems, unknown }
}

interface Here {
  readonly id: number
  readonly isActive: boolean
  readonly isTaken: boolean
}
/** @returns null: nobody is made for it; a sentence: why not */
function newcomer(
  provider: LdapProvider,
  { entry, here, used }: { entry: DirectoryEntry; here: ReadonlyMap<string, Here>; used: Set<string> },
): Planned | string | null {
  const email = entry.email?.toLowerCase() ?? null
  if (email !== null && used.has(email))
    return say`Another entry has the same e-mail, ${email}. Give each its own there.`
  if (email !== null) used.add(email)
  const found = email === null ? undefined : here.get(email)
  if (found === undefined) return provider.settings.createsPersons ? { entry, person: null, what: 'create' } : null
  if (found.isTaken) return say`P-${found.id} has the e-mail ${email}, and belongs to another entry already.`
  const because = distrust(provider, { email, isEmailVerified: true })
  if (because !== null)
    return say`P-${found.id} has the e-mail ${email} already, and ${because}. Allow linking by e-mail, or change one of the two.`
  if (!found.isActive)
    return say`P-${found.id} has the e-mail ${email}, and is marked as left. Take that back here, if it is the same person.`
  return { entry, person: found.id, what: 'link' }
}
async function byEmail(
  on: Sql,
  { org, id }: LdapProvider,
  fresh: readonly DirectoryEntry[],
): Promise<Map<string, Here>> {
  const emails = fresh.flatMap(({ email }) => (email === null ? [] : [email.toLowerCase()]))
  if (emails.length === 0) return new Map()
  const rows = await run<Here & { email: string }>(
    on,
    sql`select p.id, lower(p.email) as email, p.status = 'active' as "isActive", i.person is not null as "isTaken" from person p
      left join identity i on i.org = p.org and i.provider = ${id} and i.person = p.id
      where p.org = ${org} and p.binned_at is null and lower(p.email) = any(${emails}::text[])`,
  )
  return new Map(rows.map((row) => [row.email, row]))
}
/** Texts that the person record cannot hold are left out, each with its reason. */
function cleaned(person: RecordType, raw: DirectoryEntry): { entry: DirectoryEntry; because: string[] } {
  const because: string[] = []
  const texts: Record<string, string | null> = {}
  for (const name of TEXTS) {
    const field = person.fields[name]
    const value = raw[name]
    if (value === null || field === undefined) continue
    const checked = checkValue(field, value)
    if ('value' in checked) texts[name] = String(checked.value)
    else {
      because.push(say`"${value.slice(0, 60)}" is left out: ${checked.because}`)
      texts[name] = name === 'name' ? raw.dn.slice(0, 200) : null
    }
  }
  return { entry: { ...raw, ...texts }, because }
}
