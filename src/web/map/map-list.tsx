// The map's twin: the same things and what each needs, as a table.
import { Link } from '@tanstack/react-router'
import { messages } from '../messages/messages.ts'
import { State } from '../ui/state.tsx'
import type { MapEdge } from './layout.ts'
import type { Thing } from './relation-map.tsx'

const words = messages.map

export function MapList({ things, edges }: { things: Thing[]; edges: MapEdge[] }) {
  const labelOf = new Map(things.map((thing) => [thing.id, thing.label]))
  const sorted = things.toSorted((one, other) => one.layer - other.layer || one.label.localeCompare(other.label))
  return (
    <div className="scroll-x">
      <table className="facts">
        <thead>
          <tr>
            <th>{words.name}</th>
            <th>{words.level}</th>
            <th>{words.state}</th>
            <th>{words.standsOn}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((thing) => (
            <tr key={thing.id}>
              <td>
                {thing.address ? <Link to={thing.address}>{thing.label}</Link> : thing.label}{' '}
                <span className="quiet">{thing.kind}</span>
              </td>
              <td className="number">{thing.layer}</td>
              <td>
                <State tone={thing.tone}>{thing.state}</State>
              </td>
              <td>
                {edges
                  .filter((edge) => edge.from === thing.id)
                  .map((edge) => labelOf.get(edge.to) ?? '')
                  .filter(Boolean)
                  .join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
