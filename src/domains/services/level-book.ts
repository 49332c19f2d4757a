/** The promises of an organisation in one place: agreements with targets, their calendars, and the tree of units. Kept until one of them changes. */
import type { Database, Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import type { CompiledCalendar } from './calendars.ts'
import { calendarsOf } from './calendars.ts'
import { inHours, NO_OWN_HOURS, ownHoursOf } from './own-hours.ts'
import type { OwnHours } from './own-hours.ts'
import type { Escalation, Pause } from './level-checks.ts'

export interface TargetTerms {
  readonly id: number
  readonly clock: string
  readonly priority: string | null
  readonly workingMinutes: number | null
  readonly workingDays: number | null
  readonly endOfDay: boolean
  readonly warnAt: readonly number[]
  readonly escalations: readonly Escalation[]
}
/** An agreement as it is written down. */
export interface Terms {
  readonly id: number
  readonly name: string
  readonly kind: 'customer' | 'team' | 'supplier'
  /** Null: the hours of the team or of the service hold. */
  readonly calendar: CompiledCalendar | null
  readonly services: ReadonlySet<number>
  readonly units: ReadonlySet<number>
  readonly team: number | null
  readonly teamName: string | null
  readonly supplier: string | null
  readonly rank: number
  readonly pauses: readonly Pause[]
  readonly targets: readonly TargetTerms[]
}
/** The same for some work, in its hours. */
export interface Agreement extends Terms {
  readonly calendar: CompiledCalendar
  /** Why these hours hold where it names no calendar. */
  readonly hours: (() => string) | null
}
export interface LevelBook {
  readonly version: string
  /** Active ones whose calendar can be computed with, lowest rank first. */
  readonly agreements: readonly Terms[]
  /** Read only when an agreement names no calendar. */
  readonly own: OwnHours
  /** unit → the unit above it. */
  readonly above: ReadonlyMap<number, number>
}

const books = new WeakMap<Database, Map<number, LevelBook>>()

/** The book as it stands; read again only when an agreement, target, calendar, team or unit has changed. `on` may be a transaction. */
export async function levelBook(db: Database, on: Sql, org: number): Promise<LevelBook> {
  const kept = books.get(db) ?? new Map<number, LevelBook>()
  books.set(db, kept)
  const found = kept.get(org)
  const version = await versionOf(on, org, found !== undefined && needsOwnHours(found))
  if (found?.version === version) return found
  let book = await readBook(on, org, version)
  // Services are looked at only where their hours count: there may be very many.
  if (needsOwnHours(book)) book = await readBook(on, org, await versionOf(on, org, true))
  kept.set(org, book)
  return book
}

/** Revisions only grow, and rows only come: a sum that is the same means that nothing changed. */
async function versionOf(on: Sql, org: number, withServices: boolean): Promise<string> {
  const tables = ['agreement', 'target', 'calendar', 'unit', 'team'] as const
  const parts = tables.map((table) => `(select count(*) || '.' || coalesce(sum(rev), 0) from ${table} where org = $1)`)
  if (withServices)
    parts.push(
      "(select count(*) || '.' || coalesce(sum(hashtextextended(id || '.' || rev, 0)::numeric), 0) from service where org = $1 and calendar is not null)",
    )
  const rows = await on.query<{ version: string }>(`select concat_ws('/', ${parts.join(', ')}) as version`, [org])
  return rows[0]?.version ?? ''
}

function needsOwnHours(book: LevelBook): boolean {
  return book.agreements.some((agreement) => agreement.calendar === null)
}

interface AgreementRow extends Omit<Terms, 'services' | 'units' | 'targets' | 'calendar'> {
  readonly services: readonly number[]
  readonly units: readonly number[]
  readonly calendar: number | null
}
async function readBook(on: Sql, org: number, version: string): Promise<LevelBook> {
  const rows = await run<AgreementRow>(
    on,
    sql`select a.id, a.name, a.kind, a.calendar, a.services, a.units, a.team, t.name as "teamName", a.supplier, coalesce(a.rank, 100) as rank, coalesce(a.pauses, '[]') as pauses
      from agreement a left join team t on t.org = a.org and t.id = a.team
      where a.org = ${org} and a.binned_at is null and coalesce(a.active, true) order by a.rank, a.id`,
  )
  const targets = await run<TargetTerms & { readonly agreement: number }>(
    on,
    sql`select id, agreement, clock, priority, working_minutes as "workingMinutes", working_days as "workingDays", coalesce(end_of_day, false) as "endOfDay", coalesce(warn_at, '[]') as "warnAt", coalesce(escalations, '[]') as escalations
      from target where org = ${org} and binned_at is null order by agreement, clock, priority nulls last, id`,
  )
  const units = await run<{ id: number; parent: number }>(
    on,
    sql`select id, parent from unit where org = ${org} and parent is not null`,
  )
  const calendars = await calendarsOf(on, org, [...new Set(rows.flatMap((row) => row.calendar ?? []))])
  const agreements = rows.flatMap((row): Terms[] => {
    const calendar = row.calendar === null ? null : calendars.get(row.calendar)
    if (calendar === undefined) return []
    return [
      {
        ...row,
        calendar,
        services: new Set(row.services),
        units: new Set(row.units),
        targets: targets.filter((target) => target.agreement === row.id),
      },
    ]
  })
  const own = agreements.some((one) => one.calendar === null) ? await ownHoursOf(on, org) : NO_OWN_HOURS
  return { version, agreements, own, above: new Map(units.map((unit) => [unit.id, unit.parent])) }
}

/** What an agreement is chosen by. */
export interface Concerned {
  readonly services: readonly number[]
  readonly unit: number | null
}
/** The agreements that apply, lowest rank first: they name one of the services or none, and a unit at or above the requester's or none. */
export function applying(book: LevelBook, { services, unit }: Concerned): Agreement[] {
  const units = withAbove(book, unit)
  const found = book.agreements.filter((agreement) => {
    const isService = agreement.services.size === 0 || services.some((service) => agreement.services.has(service))
    return isService && (agreement.units.size === 0 || units.some((one) => agreement.units.has(one)))
  })
  return found.flatMap((terms) => inHours(terms, book.own, services) ?? [])
}
function withAbove(book: LevelBook, unit: number | null): number[] {
  const found: number[] = []
  // A tree is kept free of circles by its rules; a hundred steps end one that came in past them.
  for (let at: number | undefined = unit ?? undefined; at !== undefined && found.length < 100; at = book.above.get(at))
    found.push(at)
  return found
}

/** The targets that hold for a priority: of each clock the one for exactly this priority, else the one without. */
export function targetsFor(agreement: Agreement, priority: string | null): TargetTerms[] {
  const clocks = new Set(agreement.targets.map((target) => target.clock))
  return [...clocks].flatMap((clock) => {
    const own = agreement.targets.filter((target) => target.clock === clock)
    return (
      own.find((target) => target.priority !== null && target.priority === priority) ??
      own.find((target) => target.priority === null) ??
      []
    )
  })
}
