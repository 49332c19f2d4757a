/** Clocks of records, derived from what the journal says, the promises that apply and their calendars. Nothing here is stored. */
import { amid, said, say } from '#engines/say.ts'
import { BeyondCalendar, NoServiceHours } from '#engines/service-hours.ts'
import { clockFigures } from '#engines/service-level.ts'
import type { ClockFacts, Stop, Target } from '#engines/service-level.ts'
import type { Catalogue } from '#kit/catalogue.ts'
import type { ClockType } from '#kit/clock.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { idIn } from '#kit/write.ts'
import type { Agreement, LevelBook, TargetTerms } from './level-book.ts'
import { applying } from './level-book.ts'
import { conditionOf } from './pause-condition.ts'
import type { Condition } from './pause-condition.ts'
import { staysOf, targetInForce } from './priority-history.ts'
import type { PriorityStay, TargetInForce } from './priority-history.ts'
import type { DatedChanges, Span } from './state-history.ts'
import { spansOf, stagesOf } from './state-history.ts'

/** A clock with all that its figures follow from. */
export interface DerivedClock {
  readonly name: string
  /** In English, as it is declared; `labelOf` says it. */
  readonly label: string
  /** Whose part it is, in words; null for the promise to the business. */
  readonly whose: (() => string) | null
  readonly agreement: Agreement
  readonly target: TargetTerms
  readonly facts: ClockFacts
  /** Why this promise applies, in the language in which it is asked. */
  readonly chosen: () => string
  /** What the priority was before, while the clock ran. */
  readonly earlier: TargetInForce['lines']
}
export interface Derivation {
  readonly catalogue: Catalogue
  readonly record: RecordType
  readonly clocks: readonly ClockType[]
  readonly book: LevelBook
  readonly nowMs: number
  readonly conditions: ReadonlyMap<string, Condition | null>
}
/** While this holds, a supplier has the work. */
const WITH_SUPPLIER = 'supplier'

/** What is common to the derivation of many rows: conditions are read once. */
export function derivation(of: Omit<Derivation, 'conditions'>): Derivation {
  const texts = new Set(of.book.agreements.flatMap((agreement) => agreement.pauses.map((pause) => pause.when)))
  return { ...of, conditions: new Map([...texts].map((text) => [text, conditionOf(of.catalogue, of.record, text)])) }
}
/** The fields whose history decides about pauses, targets and whose part it is. */
export function historyFields({ record, conditions }: Derivation): string[] {
  const wanted = [
    record.flow?.field ?? 'status',
    'waitingFor',
    'waitingSupplier',
    'team',
    'priority',
    ...[...conditions.values()].flatMap((condition) => condition?.fields ?? []),
  ]
  return [...new Set(wanted)].filter((field) => record.fields[field] !== undefined)
}

/** The clocks that run or ran on a row; none for one in the bin. */
export function deriveClocks(of: Derivation, row: AnyRow, entries: readonly DatedChanges[]): DerivedClock[] {
  if (row.binnedAt !== null || of.book.agreements.length === 0) return []
  const found = applying(of.book, { services: servicesOf(row), unit: idIn(row['unit']) })
  if (found.length === 0) return []
  const history = stagesOf(row, entries, historyFields(of))
  const subject: Subject = { of, row, history, stays: staysOf((reasonOf) => spansOf(history, reasonOf)) }
  const customer = found.filter((agreement) => agreement.kind === 'customer')
  const supplier = found.filter((agreement) => agreement.kind === 'supplier')
  return [
    ...firstOf(customer).flatMap((agreement) => ownClocks(subject, agreement, customer.length)),
    ...teamAgreements(found).flatMap((agreement) => partClocks(subject, agreement, withTeam(subject, agreement))),
    ...supplierAgreements(supplier).flatMap((agreement) =>
      partClocks(subject, agreement, withSupplier(subject, agreement)),
    ),
  ]
}
/** "Resolution", "Resolution, part of Applications" */
export function labelOf({ label, whose }: Pick<DerivedClock, 'label' | 'whose'>): string {
  return whose === null ? said(label) : `${said(label)}, ${whose()}`
}
/** The same within a sentence. */
export function labelAmid({ label, whose }: Pick<DerivedClock, 'label' | 'whose'>): string {
  return whose === null ? amid(label) : `${amid(label)}, ${whose()}`
}
interface Subject {
  readonly of: Derivation
  readonly row: AnyRow
  readonly history: ReturnType<typeof stagesOf>
  readonly stays: readonly PriorityStay[]
}
export function servicesOf(row: AnyRow): number[] {
  const others = Array.isArray(row['services']) ? row['services'] : []
  return [row['service'], ...others].flatMap((service: unknown) => idIn(service) ?? [])
}
function firstOf<T>(list: readonly T[]): T[] {
  return list.slice(0, 1)
}
/** The agreement of lowest rank of each team. */
function teamAgreements(found: readonly Agreement[]): Agreement[] {
  const teams = new Map<number, Agreement>()
  for (const agreement of found)
    if (agreement.kind === 'team' && agreement.team !== null && !teams.has(agreement.team))
      teams.set(agreement.team, agreement)
  return [...teams.values()]
}
/** The agreement of lowest rank of each supplier, by name: several may have a part in one service. */
function supplierAgreements(found: readonly Agreement[]): Agreement[] {
  const suppliers = new Map<string, Agreement>()
  for (const agreement of found) {
    const name = supplierKey(agreement.supplier)
    if (!suppliers.has(name)) suppliers.set(name, agreement)
  }
  return [...suppliers.values()]
}
function supplierKey(name: unknown): string {
  return typeof name === 'string' ? name.trim().toLowerCase() : ''
}

/** Clocks of a promise to the business: from the record's own beginning to its own end. */
function ownClocks(subject: Subject, agreement: Agreement, choices: number): DerivedClock[] {
  return promisedClocks(subject, agreement).flatMap((type) => {
    const startedAt = ms(type.starts(subject.row))
    if (startedAt === null) return []
    const made = clockWith(subject, type, {
      agreement,
      startedAt,
      stop: stopOf(type, subject.row, startedAt) ?? restingStop(subject, type, startedAt),
      pauses: [...pausesOf(subject, agreement, null), ...restsOf(subject, type)],
    })
    return made === null
      ? []
      : [{ ...made, name: type.name, label: type.label, whose: null, chosen: () => chosenFor(agreement, made.target, choices) }] // oxfmt-ignore
  })
}

/** Clocks of somebody's part: they run while it is with them, and end when it has left them or the record's clock ends. */
function partClocks(subject: Subject, agreement: Agreement, part: Part): DerivedClock[] {
  if (part.spans.length === 0) return []
  return promisedClocks(subject, agreement).flatMap((type) => {
    const begins = ms(type.starts(subject.row))
    if (begins === null) return []
    const end = stopOf(type, subject.row, begins) ?? restingStop(subject, type, begins)
    const spans = part.spans.filter((span) => (span.toMs ?? Infinity) > begins && span.fromMs < (end?.atMs ?? Infinity))
    const [first, last] = [spans.at(0), spans.at(-1)]
    if (first === undefined || last === undefined) return []
    const startedAt = Math.max(first.fromMs, begins)
    const leftAt = last.toMs
    const stop: Stop | null =
      leftAt !== null && leftAt <= (end?.atMs ?? Infinity) ? { atMs: leftAt, how: 'fulfilled' } : end
    const made = clockWith(subject, type, {
      agreement,
      startedAt,
      stop,
      pauses: [
        ...pausesOf(subject, agreement, part.waits),
        ...restsOf(subject, type),
        ...gapsBetween(spans, part.elsewhere),
      ],
    })
    if (made === null) return []
    const name = `${agreement.kind}:${agreement.id}:${type.name}`
    return [{ ...made, name, label: type.label, whose: part.whose, chosen: () => chosenFor(agreement, made.target, 1) }]
  })
}
interface Part {
  readonly spans: readonly Span[]
  readonly elsewhere: string
  readonly whose: () => string
  /** The values that a pause of this agreement may not mean: they are its very work. */
  readonly waits: Readonly<Record<string, unknown>> | null
}
function withTeam(subject: Subject, agreement: Agreement): Part {
  const spans = spansOf(subject.history, (values) => (idIn(values['team']) === agreement.team ? 'with the team' : null))
  return {
    spans,
    elsewhere: say`With another team`,
    whose: () => say`part of ${agreement.teamName ?? `TEAM-${agreement.team}`}`,
    waits: null,
  }
}
/** While nobody says which supplier it waits for, it may be each of them. */
function withSupplier(subject: Subject, { supplier }: Agreement): Part {
  const status = subject.of.record.flow?.field ?? 'status'
  const spans = spansOf(subject.history, (values) =>
    values['waitingFor'] === WITH_SUPPLIER &&
    values[status] === 'waiting' &&
    isTheirs(values['waitingSupplier'], supplier)
      ? 'with the supplier'
      : null,
  )
  return {
    spans,
    elsewhere: supplier === null ? say`Not with the supplier` : say`Not with ${supplier}`,
    whose: () => (supplier === null ? say`part of the supplier` : say`part of ${supplier}`),
    waits: { [status]: 'waiting', waitingFor: WITH_SUPPLIER },
  }
}
function isTheirs(named: unknown, supplier: string | null): boolean {
  return supplierKey(named) === '' || supplierKey(named) === supplierKey(supplier)
}
function gapsBetween(spans: readonly Span[], reason: string): Span[] {
  return spans.flatMap((span, index) => {
    const next = spans[index + 1]
    return next === undefined || span.toMs === null ? [] : [{ fromMs: span.toMs, toMs: next.fromMs, reason }]
  })
}

/** The stays in a pausing condition. A supplier's clock is not paused by "waiting": it is the supplier's work. */
function pausesOf(
  { of, history }: Subject,
  agreement: Agreement,
  except: Readonly<Record<string, unknown>> | null,
): Span[] {
  const pauses = agreement.pauses.flatMap(({ when, reason }) => {
    const condition = of.conditions.get(when) ?? null
    const isOwnWork =
      except !== null &&
      condition !== null &&
      condition.fields.every((field) => field in except) &&
      condition.holds(except)
    return condition === null || isOwnWork ? [] : [{ condition, reason }]
  })
  return pauses.length === 0
    ? []
    : spansOf(history, (values) => pauses.find(({ condition }) => condition.holds(values))?.reason ?? null)
}
/** Stays in a resting state that were left again: resolved, then reopened. */
function restsOf({ of, history }: Subject, type: ClockType): Span[] {
  const field = of.record.flow?.field ?? 'status'
  return spansOf(history, (values) => restOf(type, String(values[field]))).filter((span) => span.toMs !== null)
}

function restOf(type: ClockType, state: string): string | null {
  const rest = type.rests[state]
  return rest === undefined ? null : said(rest)
}
/** The types of clock that an agreement has any target for. */
function promisedClocks({ of }: Subject, agreement: Agreement): ClockType[] {
  return [...new Set(agreement.targets.map((target) => target.clock))].flatMap(
    (name) => of.clocks.find((clock) => clock.name === name) ?? [],
  )
}
interface Course {
  readonly agreement: Agreement
  readonly startedAt: number
  readonly stop: Stop | null
  readonly pauses: readonly Span[]
}
/** The clock under the target that holds it; null when there is none for its priority. */
function clockWith(
  { of, stays }: Subject,
  type: ClockType,
  course: Course,
): Pick<DerivedClock, 'agreement' | 'target' | 'facts' | 'earlier'> | null {
  const { agreement, startedAt, stop } = course
  const missedAt = (target: TargetTerms, atMs: number): number | null => {
    const until = { stop: stop !== null && stop.atMs <= atMs ? stop : null, now: atMs }
    const figures = decided(() => clockFigures({ ...factsOf(of, course, target), ...until, warnings: [] }))
    return figures?.state === 'breached' ? figures.dueMs : null
  }
  const held = targetInForce({
    agreement,
    clock: type.name,
    startedAt,
    stoppedAt: stop?.atMs ?? null,
    stays,
    nowMs: of.nowMs,
    missedAt: stays.length > 1 ? missedAt : () => null,
  })
  return held === null
    ? null
    : { agreement, target: held.target, facts: factsOf(of, course, held.target), earlier: held.lines }
}
function factsOf(of: Derivation, { agreement, startedAt, stop, pauses }: Course, target: TargetTerms): ClockFacts {
  return {
    startedAt,
    stop,
    calendar: agreement.calendar.calendar,
    target: engineTarget(target),
    pauses: [...pauses],
    now: of.nowMs,
    warnings: target.warnAt,
  }
}
function engineTarget(target: TargetTerms): Target {
  if (target.workingDays !== null) return { workingDays: Math.round(target.workingDays), endOfDay: target.endOfDay }
  return { workingSeconds: Math.round((target.workingMinutes ?? 0) * 60) }
}
/** An end before the beginning counts as one at the beginning: imported dates can be out of order. */
function stopOf(type: ClockType, row: AnyRow, startedAt: number): Stop | null {
  const done = ms(type.stops(row))
  const cancelled = ms(type.cancels(row))
  if (done !== null && (cancelled === null || done <= cancelled))
    return { atMs: Math.max(done, startedAt), how: 'fulfilled' }
  return cancelled === null ? null : { atMs: Math.max(cancelled, startedAt), how: 'cancelled' }
}
/** Work that is over although no instant says since when (imported so) has rested since its last change of state. */
function restingStop({ of, row, history }: Subject, type: ClockType, startedAt: number): Stop | null {
  const field = of.record.flow?.field ?? 'status'
  if (type.rests[String(row[field])] === undefined) return null
  const since = spansOf(history, (values) => (type.rests[String(values[field])] === undefined ? null : 'over')).at(-1)
  return {
    atMs: Math.max(since?.fromMs ?? startedAt, startedAt),
    how: since === undefined || since.fromMs < startedAt ? 'cancelled' : 'fulfilled',
  }
}
function chosenFor(agreement: Agreement, target: TargetTerms, choices: number): string {
  const priority = target.priority ?? say`any priority without a target of its own`
  const rank = choices > 1 ? say` It has the lowest rank (${agreement.rank}) of ${choices} that apply.` : ''
  const promised = say`Promised by SLA-${agreement.id} "${agreement.name}" (TGT-${target.id}) for ${priority}, in the hours of CAL-${agreement.calendar.id} "${agreement.calendar.name}".`
  const hours = agreement.hours === null ? '' : ` ${agreement.hours()}`
  return promised + hours + rank
}
function ms(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant)
}

/** Runs an engine's decision; null where a calendar gives none for these dates (never open, before 1900). */
export function decided<T>(decide: () => T): T | null {
  try {
    return decide()
  } catch (error) {
    if (error instanceof NoServiceHours || error instanceof BeyondCalendar) return null
    throw error
  }
}
