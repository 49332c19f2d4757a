/** What happens when a part of a promised time has passed: somebody is told, or an improvement begins. Each step once. */
import { say, speaking } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { Ref } from '#kit/field.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { action } from '#kit/records/steering.ts'
import { notice } from '#kit/records/notice.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store, Unit } from '#kit/store.ts'
import { blankRow } from '#kit/blank-row.ts'
import { idIn, insertRows } from '#kit/write.ts'
import type { Write } from '#kit/write.ts'
import { durationInWords, momentInWords } from '#engines/in-words.ts'
import type { ClockState } from './clock-cache.ts'
import { countsBy, spanParts } from './clock-counts.ts'
import { labelAmid, labelOf } from './clocks.ts'
import type { Escalation } from './level-checks.ts'

/** A step whose moment has come, on a row. */
export interface Step {
  readonly row: AnyRow
  readonly state: ClockState
  readonly escalation: Escalation
  readonly atMs: number
}
export interface Taken {
  readonly notices: number
  readonly actions: number
  /** Steps that found nobody to tell. */
  readonly unheard: number
}
/** Writes of the watch carry this tag, so that one breach a day makes one action. */
const TAG = 'service-level'
/** A statement takes 65,535 values; a notice with its journal entry has about thirty. */
const AT_ONCE = 500

/** Takes steps in one transaction, in sets. */
export async function takeSteps(
  store: Store,
  actor: Actor,
  { unit, record, steps }: { unit: Unit; record: RecordType; steps: readonly Step[] },
): Promise<Taken> {
  const people = await peopleFor(unit, actor.org, steps)
  const told = steps.filter((step) => step.escalation.do === 'notify')
  const heard = told.flatMap((step) => {
    const person = people(step)
    return person === null ? [] : [{ step, person }]
  })
  await writeNotices(store, actor, { unit, record, heard })
  const wanted = steps.filter((step) => step.escalation.do === 'action')
  const actions = await writeActions(store, actor, { unit, record, steps: wanted, people })
  return { notices: heard.length, actions, unheard: told.length - heard.length }
}

interface Addressee extends Ref {
  /** The one that they chose; null is English. */
  readonly language: string | null
}
type FindPerson = (step: Step) => Addressee | null
/** Assignee, else the team's lead, else the owner of the service; or the person that the step names. */
async function peopleFor({ on }: Unit, org: number, steps: readonly Step[]): Promise<FindPerson> {
  const ids = (field: string): number[] => [...new Set(steps.flatMap(({ row }) => idIn(row[field]) ?? []))]
  const leads = await run<{ id: number; person: number }>(
    on,
    sql`select id, lead as person from team where org = ${org} and id = any(${[...ids('team'), ...steps.flatMap(({ state }) => state.clock.agreement.team ?? [])]}::bigint[]) and lead is not null`,
  )
  const owners = await run<{ id: number; person: number }>(
    on,
    sql`select id, owner as person from service where org = ${org} and id = any(${ids('service')}::bigint[]) and owner is not null`,
  )
  const named = steps.flatMap(({ escalation }) => personNamed(escalation.to) ?? [])
  const lead = new Map(leads.map((one) => [one.id, one.person]))
  const owner = new Map(owners.map((one) => [one.id, one.person]))
  const everybody = [...new Set([...named, ...lead.values(), ...owner.values(), ...ids('assignee')])]
  const persons = await run<{ id: number; name: string; language: string | null }>(
    on,
    sql`select p.id, p.name, f.value->>'language' as language from person p left join preference f on f.org = p.org and f.person = p.id
      where p.org = ${org} and p.id = any(${everybody}::bigint[]) and p.binned_at is null`,
  )
  const known = new Map(
    persons.map(({ id, name, language }): [number, Addressee] => [
      id,
      { id, number: `P-${id}`, title: name, language },
    ]),
  )
  return ({ row, state, escalation }) => {
    const team = state.clock.agreement.team ?? idIn(row['team'])
    const byRole = {
      assignee: idIn(row['assignee']),
      lead: team === null ? null : (lead.get(team) ?? null),
      owner: owner.get(idIn(row['service']) ?? 0) ?? null,
    }
    const order =
      escalation.to === 'lead'
        ? [byRole.lead, byRole.owner]
        : escalation.to === 'owner'
          ? [byRole.owner, byRole.lead]
          : escalation.to === 'assignee'
            ? [byRole.assignee, byRole.lead, byRole.owner]
            : [personNamed(escalation.to)]
    return order.flatMap((id) => known.get(id ?? 0) ?? [])[0] ?? null
  }
}
function personNamed(to: string): number | null {
  const match = /^P-(\d{1,12})$/.exec(to)
  return match === null ? null : Number(match[1])
}

async function writeNotices(
  store: Store,
  actor: Actor,
  { unit, record, heard }: { unit: Unit; record: RecordType; heard: readonly { step: Step; person: Addressee }[] },
): Promise<void> {
  if (heard.length === 0) return
  const first = await store.numbers.take(actor.org, notice.name, heard.length)
  const now = store.now()
  const writes = heard.map(({ step, person: { language, ...person } }, index): Write => {
    const on = {
      record: record.name,
      id: step.row.id,
      number: step.row.number,
      title: String(step.row[record.title] ?? step.row.number),
    }
    const told = speaking(language, () => ({ subject: `${step.row.number}: ${headline(step)}`.slice(0, 200), because: sentenceOf(step) })) // oxfmt-ignore
    const values = { person, ...told, on, readAt: null, tags: [TAG] }
    return {
      before: null,
      after: blankRow(notice, { id: first + index, now, actor }, values),
      action: 'create',
      reason: reasonOf(step),
    }
  })
  for (let at = 0; at < writes.length; at += AT_ONCE)
    await insertRows({ on: unit.on, actor, now, catalogue: store.catalogue }, notice, writes.slice(at, at + AT_ONCE))
  for (const write of writes) unit.touched.push([notice.name, write.after.id])
}

/** One action a day for each agreement, with the figures of the first breach and of the month so far. */
async function writeActions(
  store: Store,
  actor: Actor,
  { unit, record, steps, people }: { unit: Unit; record: RecordType; steps: readonly Step[]; people: FindPerson },
): Promise<number> {
  let made = 0
  for (const [agreement, [step]] of Map.groupBy(steps, ({ state }) => state.clock.agreement)) {
    if (step === undefined || (await isActedOn(store, actor, { unit, step }))) continue
    const owner = people(step)
    const told = await speaking(owner?.language, async () => ({
      subject: say`Keep the service level "${agreement.name}"`.slice(0, 200),
      because: `${sentenceOf(step)}\n\n${await figuresOf(store, actor, { unit, record, step })}`,
    }))
    const draft = {
      ...told,
      on: { record: 'agreement', id: agreement.id },
      duty: '4',
      owner: owner?.id ?? null,
      dueOn: Temporal.Instant.from(store.now())
        .toZonedDateTimeISO(agreement.calendar.calendar.timezone)
        .toPlainDate()
        .add({ days: 14 })
        .toString(),
      tags: [TAG],
    }
    await store.create(actor, action, draft, { unit, trusted: true, reason: reasonOf(step) })
    made++
  }
  return made
}
async function isActedOn(store: Store, actor: Actor, { unit, step }: { unit: Unit; step: Step }): Promise<boolean> {
  const { id, calendar } = step.state.clock.agreement
  const today = Temporal.Instant.from(store.now())
    .toZonedDateTimeISO(calendar.calendar.timezone)
    .startOfDay()
    .toInstant()
    .toString()
  const found = await run(
    unit.on,
    sql`select 1 as found from action where org = ${actor.org} and on_record = 'agreement' and on_id = ${id} and ${TAG} = any(tags) and created_at >= ${today}::timestamptz limit 1`,
  )
  return found.length > 0
}
async function figuresOf(
  store: Store,
  actor: Actor,
  { unit, record, step }: { unit: Unit; record: RecordType; step: Step },
): Promise<string> {
  const { agreement, name } = { agreement: step.state.clock.agreement, name: step.state.name }
  const nowMs = Date.parse(store.now())
  const span = spanParts(nowMs - 30 * 86_400_000, Number.POSITIVE_INFINITY, nowMs)
  const asked = { org: actor.org, record: record.name, clocks: [name] }
  const rows = await run<{ met: number; breached: number }>(
    unit.on,
    sql`select met, breached from (${countsBy(asked, 'agreement', span)}) c where key = ${String(agreement.id)}`,
  )
  const { met = 0, breached = 0 } = rows[0] ?? {}
  const percent = met + breached === 0 ? 0 : Math.round((1000 * met) / (met + breached)) / 10
  return say`In the last 30 days "${labelOf(step.state.clock)}" was met ${met} times and breached ${breached} times: ${percent} % met.`
}

function headline({ state, escalation }: Step): string {
  return escalation.at >= 1
    ? say`${labelOf(state.clock)} is overdue`
    : say`${Math.round(escalation.at * 100)} % of the time for ${labelAmid(state.clock)} has passed`
}
/** The step with its numbers, for the person who is told. */
function sentenceOf(step: Step): string {
  const { state, row } = step
  const zone = state.clock.facts.calendar.timezone
  const subject = typeof row['subject'] === 'string' ? ` "${row['subject']}"` : ''
  const used = durationInWords(Math.round(state.targetSeconds * step.escalation.at))
  return say`${row.number}${subject}: ${headline(step)} (${used} of ${durationInWords(state.targetSeconds)} of service hours, reached ${momentInWords(zone, step.atMs)}). It was due ${momentInWords(zone, state.dueMs)}. ${state.clock.chosen()}`
}
/** For the journal: which target asked for it. */
function reasonOf({ state, escalation }: Step): string {
  const { target, agreement } = state.clock
  return say`TGT-${target.id} (${target.clock}${target.priority === null ? '' : `, ${target.priority}`}) of SLA-${agreement.id} "${agreement.name}": at ${Math.round(escalation.at * 100)} % ${escalation.do === 'notify' ? say`tell ${escalation.to}` : say`begin an improvement action`}.`
}
