/** One reader's page of a snapshot: without what they may not see, with labels in their language and the commentary. */
import { said, say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { Catalogue } from '#kit/catalogue.ts'
import { mayBeShown } from './needs.ts'
import type { Column, GroupsPart, Name, Page, PageBlock, Snapshot, TablePart } from './page.ts'

export interface Reader {
  readonly catalogue: Catalogue
  readonly actor: Actor
  readonly comments: Readonly<Record<string, string>>
}
export interface Shown {
  readonly page: Page
  /** How many parts, figures and columns were left out for this reader. */
  readonly leftOut: number
}

/** @returns the same page for the same snapshot, reader and language, byte for byte */
export function shownTo(snapshot: Snapshot, reader: Reader): Shown {
  const cut = new Cut(snapshot, reader)
  const blocks = snapshot.page.blocks.map((block) => cut.block(block))
  return { page: { ...snapshot.page, blocks }, leftOut: cut.leftOut }
}

class Cut {
  leftOut = 0
  readonly #snapshot: Snapshot
  readonly #reader: Reader
  constructor(snapshot: Snapshot, reader: Reader) {
    this.#snapshot = snapshot
    this.#reader = reader
  }
  block(block: PageBlock): PageBlock {
    switch (block.kind) {
      case 'figures': {
        const items = block.items.filter(({ id }) => this.#may(id))
        if (items.length === 0 && block.items.length > 0) return withheld(block.id)
        return { ...block, items: items.map((item) => ({ ...item, comment: this.#comment(item.id) })) }
      }
      case 'table':
        return this.#may(block.id) ? this.#table(block) : withheld(block.id)
      case 'groups':
        return this.#may(block.id) ? grouped(block) : withheld(block.id)
      default:
        return block
    }
  }
  #comment(id: string): string | null {
    const { comments } = this.#reader
    const text = Object.hasOwn(comments, id) ? (comments[id] ?? '').trim() : ''
    return text === '' ? null : text
  }
  #may(id: string): boolean {
    const { needs, rights } = this.#snapshot
    const own = Object.hasOwn(needs, id) ? needs[id] : undefined
    const may = own !== undefined && mayBeShown(this.#reader.catalogue, this.#reader.actor, own, rights)
    if (!may) this.leftOut++
    return may
  }
  #table(block: TablePart): PageBlock {
    const kept = block.columns.map((column) => this.#may(`${block.id}.${column.name}`))
    if (!kept.includes(true)) return withheld(block.id)
    return {
      ...block,
      columns: block.columns.filter((_, at) => kept[at]).map(spokenColumn),
      rows: block.rows.map((row) => ({ ...row, cells: row.cells.filter((_, at) => kept[at]) })),
      ...(block.sums === undefined
        ? {}
        : { sums: block.sums.filter(({ column }) => kept[block.columns.findIndex(({ name }) => name === column)]) }),
    }
  }
}
function withheld(id: string): PageBlock {
  return { kind: 'withheld', id, because: say`This part is left out: it was made of records that you may not read.` }
}
function spokenColumn(column: Column): Column {
  return {
    ...column,
    label: said(column.label),
    unit: column.unit === null ? null : said(column.unit),
    options: column.options.map(({ value, label }) => ({ value, label: said(label, 'option') })),
  }
}
function grouped(block: GroupsPart): PageBlock {
  // One series without a name is what was counted, not what has no value: whoever shows it calls it the number.
  const isWhole = block.series.length === 1
  return {
    ...block,
    by: said(block.by),
    names: block.names.map(spokenName),
    series: block.series.map((one) => (isWhole && one.name.text === '' ? one : { ...one, name: spokenName(one.name) })),
  }
}
function spokenName({ text, kind }: Name): Name {
  if (kind === 'label') return { text: said(text, 'option'), kind }
  if (kind === 'none') return { text: text === '' ? say`none` : text, kind }
  return kind === 'others' ? { text: say`others`, kind } : { text, kind }
}
/** Whether there is anything left of what was read. */
export function isEmptied({ page }: Shown): boolean {
  const read = page.blocks.filter(({ kind }) => kind !== 'heading' && kind !== 'text')
  return read.length > 0 && read.every(({ kind }) => kind === 'withheld')
}
