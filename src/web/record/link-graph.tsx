// The links of a record as a small picture: who points here on one side, where this points on the other. The table below is its twin.
import { Link } from '@tanstack/react-router'
import type { RecordInfo, Ref, Row } from '../data/contract.ts'
import { addressOf, fieldOf, recordNamed, titleOf, useModel } from '../data/model.ts'
import { isRef } from '../fields/format.ts'
import { plainText } from '../fields/plain.ts'
import { messages } from '../messages/messages.ts'
import './link-graph.css'

interface LinkGraphProps {
  on: RecordInfo
  row: Row
  kind: RecordInfo
  items: readonly Row[]
}
interface Neighbour {
  id: number
  ref: Ref
  how: string
}

const shownAtMost = 8
const boxPx = 44

export function LinkGraph({ on, row, kind, items }: LinkGraphProps) {
  const type = fieldOf(kind, 'type')
  const isHere = (ref: unknown) => isRef(ref) && ref.id === row.id && ref.record === on.name
  const side = (from: 'on' | 'to', to: 'on' | 'to'): Neighbour[] =>
    items.flatMap((item) => {
      const ref = item[to]
      const how = type ? plainText(type, item[type.name]) : ''
      return isHere(item[from]) && isRef(ref) && !isHere(ref) ? [{ id: item.id, ref, how }] : []
    })
  const before = side('to', 'on').slice(0, shownAtMost)
  const after = side('on', 'to').slice(0, shownAtMost)
  const height = Math.max(before.length, after.length, 1) * boxPx
  if (before.length + after.length === 0) return null
  return (
    <section className="link-graph" aria-label={messages.links.graph} style={{ blockSize: height }}>
      <Side neighbours={before} height={height} isBefore />
      <div className="link-graph-box" data-centre>
        <span className="mono small">{row.number}</span>
        <span className="clip">{titleOf(on, row)}</span>
      </div>
      <Side neighbours={after} height={height} />
    </section>
  )
}

interface SideProps {
  neighbours: readonly Neighbour[]
  height: number
  isBefore?: boolean
}

function Side({ neighbours, height, isBefore = false }: SideProps) {
  const model = useModel()
  const lines = <Lines count={neighbours.length} height={height} isBefore={isBefore} />
  const list = (
    <ul className="plain link-graph-list">
      {neighbours.map(({ id, ref, how }) => {
        const record = ref.record === undefined ? null : recordNamed(model, ref.record)
        const words = (
          <>
            <span className="quiet small">{how}</span>
            <span className="clip">{ref.title || ref.number}</span>
          </>
        )
        return (
          <li key={id}>
            {record ? (
              <Link to={addressOf(record, ref.number)} className="link-graph-box">
                {words}
              </Link>
            ) : (
              <span className="link-graph-box">{words}</span>
            )}
          </li>
        )
      })}
    </ul>
  )
  return isBefore ? (
    <>
      {list}
      {lines}
    </>
  ) : (
    <>
      {lines}
      {list}
    </>
  )
}

/** From the middle of each box to the middle of the record's own. */
function Lines({ count, height, isBefore }: { count: number; height: number; isBefore: boolean }) {
  const top = (height - count * boxPx) / 2
  const [outer, inner] = isBefore ? [0, 60] : [60, 0]
  return (
    <svg className="link-graph-lines" viewBox={`0 0 60 ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {Array.from({ length: count }, (_, at) => {
        const y = top + (at + 0.5) * boxPx
        return <path key={at} d={`M${outer} ${y}C30 ${y} 30 ${height / 2} ${inner} ${height / 2}`} />
      })}
    </svg>
  )
}
