/** Making a report: everything is read in one transaction that sees one moment, with the rights of one person. */
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { Tx } from '#kit/database.ts'
import { Refusal } from '#kit/problem.ts'
import type { AnyRow } from '#kit/record.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { Block, FigureBlock } from './blocks.ts'
import { blocksOf } from './blocks.ts'
import { namesIn, needsOf, rightsTo } from './needs.ts'
import type { Needs, PageBlock, Snapshot } from './page.ts'
import type { PeriodName } from './periods.ts'
import { PERIODS, spansOf } from './periods.ts'
import { readFigure } from './read-figures.ts'
import { readGroups } from './read-groups.ts'
import { readTable } from './read-table.ts'
import type { Reading } from './reading.ts'
import { recordOf } from './reading.ts'

/** Long reports end here rather than hold a connection. */
const MOST_SECONDS = 30

/** The report as this person reads it now. A part that they may not read is left out with the reason. */
export async function takeSnapshot(store: Store, actor: Actor, report: AnyRow): Promise<Snapshot> {
  return store.db.transaction(async (on) => {
    await run(on, raw('set transaction isolation level repeatable read, read only'))
    await run(on, raw(`set local statement_timeout = '${MOST_SECONDS}s'`))
    const org = await organisationOf(on, actor.org)
    const now = store.now()
    const today = Temporal.Instant.from(now).toZonedDateTimeISO(org.zone).toPlainDate().toString()
    const { span, before } = spansOf(periodOf(report), today)
    // Days begin where the organisation is: the same report for everybody.
    const reading: Reading = { on, context: { catalogue: store.catalogue, actor, now, zone: org.zone }, span, before }
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
  })
}
export function periodOf(report: AnyRow): PeriodName {
  return PERIODS.find(({ value }) => value === report['period'])?.value ?? 'lastMonth'
}
export async function organisationOf(on: Pick<Tx, 'query'>, org: number): Promise<{ name: string; zone: string }> {
  const rows = await run<{ name: string; zone: string }>(
    on,
    sql`select name, time_zone as zone from organisation where id = ${org}`,
  )
  return rows[0] ?? { name: '', zone: 'UTC' }
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
  async #figures(block: Extract<Block, { kind: 'figures' }>): Promise<PageBlock> {
    const items = []
    const refused: string[] = []
    for (const item of block.items) {
      try {
        this.#note(item.id, item, measuredBy(item))
        items.push(await readFigure(this.#reading, item))
      } catch (error) {
        refused.push(sentenceOf(error))
      }
    }
    const [because] = refused
    return items.length === 0 && because !== undefined
      ? { kind: 'withheld', id: block.id, because }
      : { kind: 'figures', id: block.id, title: block.title, items }
  }
  async #table(block: Extract<Block, { kind: 'table' }>): Promise<PageBlock> {
    this.#note(block.id, block, [block.sort])
    const part = await readTable(this.#reading, block)
    for (const column of part.columns) this.#note(`${block.id}.${column.name}`, block, [column.name === 'number' ? '' : column.name]) // oxfmt-ignore
    return part
  }
  /** What this part was made of: the fields of its filter, its day, and those that it shows. */
  #note(id: string, { source }: Extract<Block, { source: unknown }> | FigureBlock, shown: readonly string[]): void {
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
