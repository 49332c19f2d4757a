// What is related to a record, step by step: what it refers to, what refers to it, and the records that join two others (links, dependencies).
import type { FieldInfo, Model, RecordInfo, Row } from '../data/contract.ts'
import { recordNamed, valueOf } from '../data/fields.ts'
import { isRef } from '../fields/format.ts'

export interface Node {
  record: RecordInfo
  row: Row
  /** 0 is where it began; what refers to others stands above what it refers to. */
  level: number
}
export interface Edge {
  from: string
  to: string
  label: string
}
export interface Around {
  nodes: ReadonlyMap<string, Node>
  edges: readonly Edge[]
  /** Some relation has more than is shown. */
  isCut: boolean
}
/** Reads rows of a kind; the query is that of lists. */
export type Ask = (plural: string, query: Record<string, string>) => Promise<readonly Row[]>

/** Of each relation at each step, and of everything. */
export const mostOfRelation = 12
const mostNodes = 120
const mostAtOnce = 6

/** Breadth first, bounded: each step costs a request per relation of the kinds that it reached, whatever they hold. */
export async function readAround(model: Model, start: Omit<Node, 'level'>, hops: number, ask: Ask): Promise<Around> {
  const nodes = new Map<string, Node>([[start.row.number, { ...start, level: 0 }]])
  const edges = new Map<string, Edge>()
  let isCut = false
  let reached = [...nodes.values()]
  for (let hop = 0; hop < hops && reached.length > 0; hop++) {
    const found = await oneStep(model, reached, ask)
    isCut ||= found.isCut
    const added = await rowsOf(model, found.joins, nodes, ask)
    isCut ||= nodes.size + added.length > mostNodes
    reached = added.slice(0, mostNodes - nodes.size)
    for (const node of reached) nodes.set(node.row.number, node)
    for (const { from, to, label } of found.joins)
      edges.set(`${from.number} ${to.number} ${label}`, { from: from.number, to: to.number, label })
  }
  return {
    nodes,
    edges: [...edges.values()].filter(({ from, to }) => from !== to && nodes.has(from) && nodes.has(to)),
    isCut,
  }
}

interface Place {
  record: string
  id: number
  number: string
  level: number
}
/** `from` refers to `to`; one of them was reached before. */
interface Join {
  from: Place
  to: Place
  label: string
}

async function oneStep(model: Model, reached: readonly Node[], ask: Ask): Promise<{ joins: Join[]; isCut: boolean }> {
  const asked = [...incoming(model, reached), ...between(model, reached)]
  const joins = reached.flatMap((node) => outgoing(model, node))
  let isCut = false
  for (let at = 0; at < asked.length; at += mostAtOnce)
    for (const one of await Promise.all(asked.slice(at, at + mostAtOnce).map((question) => question(ask)))) {
      joins.push(...one.joins)
      isCut ||= one.isCut
    }
  return { joins, isCut }
}

function placeOf({ record, row, level }: Node): Place {
  return { record: record.name, id: row.id, number: row.number, level }
}

/** What the row itself names, in kinds that have a place of their own. */
function outgoing(model: Model, node: Node): Join[] {
  return node.record.fields.filter(isReference).flatMap((field) => {
    const value = valueOf(node.row, field)
    return (Array.isArray(value) ? value : [value]).filter(isRef).flatMap((ref): Join[] => {
      const kind = recordNamed(model, ref.record ?? field.to ?? '')
      if (kind === null || !isShown(kind)) return []
      const to = { record: kind.name, id: ref.id, number: ref.number, level: node.level + 1 }
      return [{ from: placeOf(node), to, label: field.label }]
    })
  })
}

type Question = (ask: Ask) => Promise<{ joins: Join[]; isCut: boolean }>

/** One question for each field that points at a kind which was reached, for all of its rows at once. */
function incoming(model: Model, reached: readonly Node[]): Question[] {
  return byKind(reached).flatMap(({ kind, nodes }) =>
    model.records.filter(isShown).flatMap((record) =>
      record.fields
        .filter((field) => isReference(field) && pointsAt(field, kind))
        .map((field) => async (ask: Ask) => {
          const rows = await ask(record.plural, questionOf(field, nodes))
          const joins = rows.slice(0, mostOfRelation).flatMap((row) =>
            endsIn(row, field, nodes).map((node): Join => {
              const from = { record: record.name, id: row.id, number: row.number, level: node.level - 1 }
              return { from, to: placeOf(node), label: field.label }
            }),
          )
          return { joins, isCut: rows.length > mostOfRelation }
        }),
    ),
  )
}

/** Records that stand for a relation alone: two references, neither to a person, and no place of their own. */
function between(model: Model, reached: readonly Node[]): Question[] {
  return byKind(reached).flatMap(({ kind, nodes }) =>
    model.records.flatMap((record) => {
      const [one, other] = endsOf(record)
      if (one === undefined || other === undefined) return []
      const sides = [
        { own: one, far: other, step: 1 },
        { own: other, far: one, step: -1 },
      ]
      return sides
        .filter(({ own }) => pointsAt(own, kind))
        .map(({ own, far, step }) => async (ask: Ask) => {
          const rows = await ask(record.plural, questionOf(own, nodes))
          const joins = rows.slice(0, mostOfRelation).flatMap((row) => {
            const ref = valueOf(row, far)
            const to = isRef(ref) ? recordNamed(model, ref.record ?? far.to ?? '') : null
            if (!isRef(ref) || to === null) return []
            return endsIn(row, own, nodes).map((node): Join => {
              const place = { record: to.name, id: ref.id, number: ref.number, level: node.level + step }
              const label = labelOf(record, row)
              return step > 0 ? { from: placeOf(node), to: place, label } : { from: place, to: placeOf(node), label }
            })
          })
          return { joins, isCut: rows.length > mostOfRelation }
        })
    }),
  )
}

function endsOf(record: RecordInfo): FieldInfo[] {
  const fields = record.fields.filter(isReference)
  return record.place === '' && fields.length === 2 && fields.every(({ to }) => to !== 'person') ? fields : []
}
/** "blocks", or what the record itself is called. */
function labelOf(record: RecordInfo, row: Row): string {
  const type = record.fields.find((field) => field.kind === 'choice')
  const value = type ? valueOf(row, type) : null
  return type?.options?.find((option) => option.value === value)?.label ?? record.label
}

function questionOf(field: FieldInfo, nodes: readonly Node[]): Record<string, string> {
  const filter = `${field.name}:${nodes.map(({ row }) => row.number).join(',')}`
  return { filter, sort: '-id', limit: String(mostOfRelation + 1) }
}
/** The rows that were reached to which this one points. */
function endsIn(row: Row, field: FieldInfo, nodes: readonly Node[]): Node[] {
  const value = valueOf(row, field)
  const numbers = (Array.isArray(value) ? value : [value]).filter(isRef).map(({ number }) => number)
  return nodes.filter((node) => numbers.includes(node.row.number))
}
function byKind(nodes: readonly Node[]): { kind: RecordInfo; nodes: Node[] }[] {
  return [...Map.groupBy(nodes, ({ record }) => record)].map(([kind, own]) => ({ kind, nodes: own }))
}
function isReference(field: FieldInfo): boolean {
  return ['ref', 'refs', 'person', 'any'].includes(field.kind) && field.filterable !== false
}
function pointsAt(field: FieldInfo, kind: RecordInfo): boolean {
  return field.kind === 'any' || field.to === kind.name
}
/** What has no place in the navigation hangs on others and is told on their pages. */
function isShown(record: RecordInfo): boolean {
  return record.place !== ''
}

/** The rows of the places that are new, one request for each kind; those that may not be read are left out. */
async function rowsOf(
  model: Model,
  joins: readonly Join[],
  known: ReadonlyMap<string, Node>,
  ask: Ask,
): Promise<Node[]> {
  const places = new Map(joins.flatMap(({ from, to }) => [from, to]).map((place) => [place.number, place] as const))
  const fresh = [...places.values()].filter(({ number }) => !known.has(number)).slice(0, mostNodes)
  const kinds = [...Map.groupBy(fresh, ({ record }) => record)]
  const answers = await Promise.all(
    kinds.map(async ([name, own]) => {
      const record = recordNamed(model, name)
      if (record === null) return []
      const rows = await ask(record.plural, {
        filter: `id:${own.map(({ id }) => id).join(',')}`,
        sort: 'id',
        limit: String(own.length),
      })
      return rows.map((row): Node => ({ record, row, level: places.get(row.number)?.level ?? 0 }))
    }),
  )
  return answers.flat()
}
