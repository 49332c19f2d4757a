/** Making a report: everything is read in one transaction that sees one moment, with the rights of one person. */
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { Tx } from '#kit/database.ts'
import { conflict, Refusal } from '#kit/problem.ts'
import type { AnyRow } from '#kit/record.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { Block, FigureBlock, FiguresBlock, GroupsBlock, TableBlock } from './blocks.ts'
import { blocksOf } from './blocks.ts'
import { namesIn, needsOf, rightsTo } from './needs.ts'
import type { Needs, PageBlock, Snapshot } from './page.ts'
import type { PeriodName } from './periods.ts'
import { PERIODS, spansOf } from './periods.ts'
import { readFigures } from './read-figures.ts'
import { readGroups } from './read-groups.ts'
import { readTable } from './read-table.ts'
import type { Reading } from './reading.ts'
import { recordOf } from './reading.ts'

/** Long reports end here rather than hold a connection. */
const MOST_SECONDS = 30

/**
 * The report as this person reads it now. A part that they may not read is left out with the reason.
 * @param mostSeconds for all of it together; smaller where a test waits for it
 * @throws a refusal (409) for a report that takes longer
 */
export async function takeSnapshot(
  store: Store,
  actor: Actor,
  report: AnyRow,
  mostSeconds = MOST_SECONDS,
): Promise<Snapshot> {
  try {
    return await store.db.transaction((on) => takenWithin(store, { on, actor, report }, mostSeconds))
  } catch (error) {
    if (!isTooLate(error)) throw error
    throw conflict(say`It takes longer than ${mostSeconds} seconds to read this report. Give it fewer parts, narrower filters or a shorter period.`) // oxfmt-ignore
  }
}
async function takenWithin(
  store: Store,
  { on, actor, report }: { on: Tx; actor: Actor; report: AnyRow },
  mostSeconds: number,
): Promise<Snapshot> {
  await run(on, raw('set transaction isolation level repeatable read, read only'))
  const inTime = within(on, mostSeconds)
  await inTime()
  const org = await organisationOf(on, actor.org)
  const now = store.now()
  const today = dayIn(org.zone, now)
  const { span, before } = spansOf(periodOf(report), today, org.yearBegins)
  // Days begin where the organisation is: the same report for everybody.
  const context = { catalogue: store.catalogue, actor, now, zone: org.zone }
  const reading: Reading = { on, context, span, before, inTime }
  const taken = new Taken(reading)
  const blocks: PageBlock[] = []
  for (const block of blocksOf(report['blocks'])) blocks.push(await taken.block(block))
  return {
    format: 1,
    report: report.number,
    page: {
      title: String(report['name']),
      description: typeof report['description'] === 'string' ? report['description'] : null,
      organisation: org.name,
      from: span.from,
      to: span.to,
      beforeFrom: before.from,
      beforeTo: before.to,
      zone: org.zone,
      madeAt: now,
      madeBy: actor.name,
      blocks,
    },
    needs: taken.needs,
    rights: taken.rights,
  }
}
/** Gives the next statement what is left of the time of its transaction, and none of it where nothing is left. */
function within(on: Tx, mostSeconds: number): () => Promise<void> {
  return async () => {
    await run(
      on,
      sql`select set_config('statement_timeout', greatest(1, round(${mostSeconds * 1000} - extract(epoch from clock_timestamp() - transaction_timestamp()) * 1000))::text, true)`,
    )
  }
}
function isTooLate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014'
}
export function periodOf(report: AnyRow): PeriodName {
  return PERIODS.find(({ value }) => value === report['period'])?.value ?? 'lastMonth'
}
interface Organisation {
  readonly name: string
  readonly zone: string
  /** The month in which the financial year begins: 1 to 12. */
  readonly yearBegins: number
}
async function organisationOf(on: Pick<Tx, 'query'>, org: number): Promise<Organisation> {
  const rows = await run<Organisation>(
    on,
    sql`select name, time_zone as zone, coalesce((settings->>'financialYearBegins')::integer, 1) as "yearBegins" from organisation where id = ${org}`,
  )
  return rows[0] ?? { name: '', zone: 'UTC', yearBegins: 1 }
}

/** The day that it is where the organisation is. @param now an instant */
export async function todayAt(on: Pick<Tx, 'query'>, org: number, now: string): Promise<string> {
  return dayIn((await organisationOf(on, org)).zone, now)
}
function dayIn(zone: string, now: string): string {
  return Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate().toString()
}

/** Reads block after block and remembers what each was made of. */
class Taken {
  readonly needs: Record<string, Needs> = {}
  readonly rights: Record<string, string> = {}
  readonly #reading: Reading
  constructor(reading: Reading) {
    this.#reading = reading
  }
  async block(block: Block): Promise<PageBlock> {
    if (block.kind === 'heading' || block.kind === 'text') return block
    try {
      if (block.kind === 'figures') return await this.#figures(block)
      if (block.kind === 'table') return await this.#table(block)
      this.#note(block.id, block, [block.by, block.split ?? ''])
      return await readGroups(this.#reading, block)
    } catch (error) {
      return { kind: 'withheld', id: block.id, because: sentenceOf(error) }
    }
  }
  /** Of several figures those are shown that may be. */
  async #figures(block: FiguresBlock): Promise<PageBlock> {
    const items = []
    const refused: string[] = []
    for (const item of block.items) {
      try {
        this.#note(item.id, item, measuredBy(item))
        const read = await readFigures(this.#reading, item)
        for (const { id } of read) this.#note(id, item, measuredBy(item))
        items.push(...read)
      } catch (error) {
        refused.push(sentenceOf(error))
      }
    }
    const [because] = refused
    return items.length === 0 && because !== undefined
      ? { kind: 'withheld', id: block.id, because }
      : { kind: 'figures', id: block.id, title: block.title, items }
  }
  async #table(block: TableBlock): Promise<PageBlock> {
    this.#note(block.id, block, [block.sort])
    const part = await readTable(this.#reading, block)
    for (const column of part.columns) this.#note(`${block.id}.${column.name}`, block, [column.name === 'number' ? '' : column.name]) // oxfmt-ignore
    return part
  }
  /** What this part was made of: the fields of its filter, its day, and those that it shows. */
  #note(id: string, { source }: TableBlock | GroupsBlock | FigureBlock, shown: readonly string[]): void {
    const { catalogue, actor } = this.#reading.context
    const record = recordOf(this.#reading, source)
    const names = [...namesIn(source.filter), source.when ?? '', ...shown.flatMap((one) => one.split(','))]
    const bare = names.map((name) => name.replace(/^-|:.*$/g, '')).filter((name) => name !== '')
    const needs = needsOf(catalogue, actor, record, bare)
    this.needs[id] = needs
    for (const name of needs.records) this.rights[name] ??= rightsTo(catalogue, actor, catalogue.get(name))
  }
}
function measuredBy({ measure }: FigureBlock): string[] {
  if (measure.kind === 'count') return []
  return measure.kind === 'share' ? namesIn(measure.of) : [measure.field]
}
/** What is in the way is said in place of the part; a fault is a fault. */
function sentenceOf(error: unknown): string {
  if (error instanceof Refusal) return error.message === '' ? say`This part cannot be read.` : error.message
  throw error
}
