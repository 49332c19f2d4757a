/** Settings, Retention: the rules in force, a look at what one would do today, the last runs, and what holds a record. */
import { z } from 'zod'
import { said, say } from '#engines/say.ts'
import { mayAtAll } from '#kit/access.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import type { Tx } from '#kit/database.ts'
import { labelOf } from '#kit/field.ts'
import type { JobHandler, JobOptions, JobSender } from '#kit/jobs.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { notFound } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import { ENDS_OF_ROWS } from '#kit/record.ts'
import { legalHold } from '#kit/records/legal-hold.ts'
import { readId } from '#kit/rest.ts'
import type { Hold } from '#kit/retention/holds.ts'
import { holdsOn } from '#kit/retention/holds.ts'
import type { Preview } from '#kit/retention/preview.ts'
import { preview } from '#kit/retention/preview.ts'
import type { Rule } from '#kit/retention/rules.ts'
import { checkRule, clocksOf, declaredRetention, dropRule, endsOf, isRemovable, keepRule, ruleSays, rulesOf } from '#kit/retention/rules.ts' // oxfmt-ignore
import type { Counts, CountsOfRun } from '#kit/retention/run.ts'
import { keepRulesOf } from '#kit/retention/run.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { among, INSTANT, INSTANT_OR_NULL, itemsOf, listOf, mapOf, shape, shapeOf, TEXT, TEXT_OR_NULL, WHOLE, YES_NO } from './shape.ts' // oxfmt-ignore

export const RETENTION_JOB = 'retention'
export interface RetentionParts {
  readonly store: Store
  readonly jobs: JobSender
}
/** A rule with the words and choices of its record. */
export interface RuleShown extends Rule {
  readonly label: string
  readonly clocks: readonly { readonly name: string; readonly label: string }[]
  readonly ends: readonly string[]
  /** Rows are removed, rather than only emptied of people. */
  readonly isRemovable: boolean
  readonly says: string
}
export interface RunShown {
  readonly id: string
  readonly startedAt: string
  readonly endedAt: string | null
  /** Null: its schedule. */
  readonly startedBy: string | null
  readonly state: string
  readonly because: string | null
  readonly counts: CountsOfRun
}
const KEEP = z.string().max(8).nullable()
const ruleBody = z.strictObject({
  clock: z.string().max(60),
  keep: KEEP,
  end: z.enum(ENDS_OF_ROWS),
  binKeep: KEEP,
})
const RULE = shapeOf<RuleShown>({
  record: TEXT,
  clock: TEXT,
  keep: TEXT_OR_NULL,
  end: among(...ENDS_OF_ROWS),
  binKeep: TEXT_OR_NULL,
  isOwn: YES_NO,
  label: TEXT,
  clocks: listOf(shape({ name: TEXT, label: TEXT })),
  ends: listOf(among(...ENDS_OF_ROWS)),
  isRemovable: YES_NO,
  says: TEXT,
})
const COUNTS = shapeOf<Counts>({ binned: WHOLE, deleted: WHOLE, anonymised: WHOLE, along: WHOLE, held: WHOLE, needed: WHOLE }) // oxfmt-ignore
const RUN = shapeOf<RunShown>({
  id: TEXT,
  startedAt: INSTANT,
  endedAt: INSTANT_OR_NULL,
  startedBy: TEXT_OR_NULL,
  state: among('running', 'done', 'failed'),
  because: TEXT_OR_NULL,
  counts: mapOf(COUNTS),
})
const PREVIEW = shapeOf<Preview>({ due: WHOLE, binned: WHOLE, held: WHOLE, oldest: INSTANT_OR_NULL })
const HOLD = shapeOf<Hold>({ id: WHOLE, number: TEXT, name: TEXT, reason: TEXT })

const common = { tag: 'Retention', access: 'administrator' } as const
export function retentionRoutes(parts: RetentionParts): Route[] {
  return [...ruleRoutes(parts), ...runRoutes(parts)]
}
function ruleRoutes(parts: RetentionParts): Route[] {
  return [
    {
      ...common,
      method: 'GET',
      path: '/admin/retention',
      summary: 'How long each kind of record is kept, and what was removed last',
      ok: shape({ rules: listOf(RULE), runs: listOf(RUN) }),
      handle: async (call) => ({ body: { rules: await rules(parts, call), runs: await runs(parts, call) } }),
    },
    {
      ...common,
      method: 'PUT',
      path: '/admin/retention/{record}',
      summary: 'Say how long a kind of record is kept',
      body: ruleBody,
      ok: RULE,
      refusals: [422],
      audited: 'journal',
      handle: async (call) => ({ body: await set(parts, call, { ...ruleBody.parse(call.body), isOwn: true }) }),
    },
    {
      ...common,
      method: 'DELETE',
      path: '/admin/retention/{record}',
      summary: 'Go back to the rule that the record declares',
      ok: RULE,
      audited: 'journal',
      handle: async (call) => ({ body: await set(parts, call, null) }),
    },
    {
      ...common,
      method: 'POST',
      path: '/admin/retention/{record}/preview',
      summary: 'What a rule would remove today; nothing is changed',
      body: ruleBody,
      ok: PREVIEW,
      refusals: [422],
      audited: say`It changes nothing.`,
      handle: (call) => look(parts, call, ruleBody.parse(call.body)),
    },
  ]
}
function runRoutes(parts: RetentionParts): Route[] {
  return [
    {
      ...common,
      method: 'POST',
      path: '/admin/retention-run',
      summary: 'Carry the rules out now, in place of tonight',
      body: z.strictObject({}),
      ok: shape({ started: TEXT }),
      okStatus: 202,
      audited: say`The run writes down what it removes.`,
      handle: (call) => start(parts, call),
    },
    {
      ...common,
      access: 'signed-in',
      method: 'GET',
      path: '/retention/{record}/{id}/holds',
      summary: 'The legal holds that keep a record',
      ok: itemsOf(HOLD),
      refusals: [404],
      handle: (call) => held(parts, call),
    },
  ]
}
/** Runs outlive the request that asked for them. */
export function retentionJob({ store }: Pick<RetentionParts, 'store'>): { options: JobOptions; handler: JobHandler } {
  return {
    options: { retryLimit: 1, singleton: true },
    handler: async (data, { signal }) => {
      const { org, by, request } = data
      await keepRulesOf(store, { org: Number(org), by: typeof by === 'number' ? by : null, request: String(request), signal }) // oxfmt-ignore
    },
  }
}

function recordIn({ store }: RetentionParts, call: Call): RecordType {
  const record = store.catalogue.find(call.params['record'] ?? '')
  if (record === null || declaredRetention(record) === null)
    throw notFound(say`A kind of record called "${(call.params['record'] ?? '').slice(0, 40)}" with a rule`)
  return record
}
async function rules({ store }: RetentionParts, call: Call): Promise<RuleShown[]> {
  const found = await rulesOf(store.db, call.actor.org, store.catalogue.records)
  return found
    .map((rule) => shown(store.catalogue.get(rule.record), rule))
    .sort((a, b) => a.label.localeCompare(b.label))
}
function shown(record: RecordType, rule: Rule): RuleShown {
  return {
    ...rule,
    label: said(record.labelPlural),
    clocks: clocksOf(record).map((name) => ({ name, label: record.fields[name]?.label ?? labelOf(name) })),
    ends: endsOf(record),
    isRemovable: isRemovable(record),
    says: ruleSays(record, rule),
  }
}
async function ruleOf({ store }: RetentionParts, call: Call, record: RecordType): Promise<Rule> {
  const [rule] = await rulesOf(store.db, call.actor.org, [record])
  if (rule === undefined) throw notFound(record.labelPlural)
  return rule
}
async function set(parts: RetentionParts, call: Call, wanted: Omit<Rule, 'record'> | null): Promise<RuleShown> {
  const { store } = parts
  const { actor } = call
  const record = recordIn(parts, call)
  const before = await ruleOf(parts, call, record)
  if (wanted !== null) checkRule(record, { ...wanted, record: record.name })
  await store.db.transaction(async (tx) => {
    const of = { org: actor.org, by: actor.person, now: store.now() }
    if (wanted === null) await dropRule(tx, actor.org, record.name)
    else await keepRule(tx, of, { ...wanted, record: record.name })
    const [after = before] = await rulesOf(tx, actor.org, [record])
    const changes = Object.fromEntries(
      (['clock', 'keep', 'end', 'binKeep'] as const).flatMap((name) => (before[name] === after[name] ? [] : [[name, [before[name], after[name]] as const]])), // oxfmt-ignore
    )
    const said = { record: 'retention', recordId: 0, action: 'change', changes: { ...changes, record: [null, record.name] as const } } // oxfmt-ignore
    if (Object.keys(changes).length > 0) await run(tx, journalInsert([entry(actor, store.now(), said)]))
  })
  return shown(record, await ruleOf(parts, call, record))
}
async function look(parts: RetentionParts, call: Call, wanted: z.infer<typeof ruleBody>): Promise<Answer> {
  const record = recordIn(parts, call)
  const rule = checkRule(record, { ...wanted, record: record.name, isOwn: true })
  return { body: await preview(parts.store.db.reader, parts.store, { org: call.actor.org, record }, rule) }
}
async function start({ store, jobs }: RetentionParts, call: Call): Promise<Answer> {
  const { org, person: by, request } = call.actor
  await store.db.transaction((tx: Tx) => jobs.send(tx, RETENTION_JOB, { org, by, request }, { singletonKey: String(org) })) // oxfmt-ignore
  return { status: 202, body: { started: RETENTION_JOB } }
}

async function runs({ store }: RetentionParts, call: Call): Promise<RunShown[]> {
  return run<RunShown>(
    store.db,
    sql`select r.id::text, r.started_at as "startedAt", r.ended_at as "endedAt", p.name as "startedBy", r.state, r.because, r.counts
      from retention_run r left join person p on p.org = r.org and p.id = r.started_by where r.org = ${call.actor.org} order by r.started_at desc limit 20`,
  )
}
/** Whoever may not read holds is told nothing here; a refusal says it when they try to remove the record. */
async function held({ store }: RetentionParts, call: Call): Promise<Answer> {
  const { actor, params } = call
  const record = store.catalogue.find(params['record'] ?? '')
  if (record === null) throw notFound(say`That kind of record`)
  const row = await store.get(actor, record, readId(record, params['id']))
  const mayKnow = mayAtAll(actor, legalHold, 'read')
  const holds = mayKnow ? await holdsOn(store.db, { store, org: actor.org, record, ids: [row.id] }) : new Map<number, Hold[]>() // oxfmt-ignore
  return { body: { items: holds.get(row.id) ?? [] } }
}
