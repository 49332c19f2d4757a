// The map's twin: the same things and what each needs, as a table.
import { Link } from '@tanstack/react-router'
import { messages } from '../messages/messages.ts'
import { State } from '../ui/state.tsx'
import type { Group, Need, Thing } from './contract.ts'
import { needsInWords } from './in-words.ts'
import { Scroll } from '../ui/scroll.tsx'

const words = messages.map

interface MapListProps {
  things: Thing[]
  needs: Need[]
  groups: Group[]
  /** What the last column says; needs, where nothing else is given. */
  relation?: string
}

export function MapList({ things, needs, groups, relation }: MapListProps) {
  const labelOf = new Map(things.map((thing) => [thing.id, thing.label]))
  const sorted = things.toSorted((one, other) => one.level - other.level || one.label.localeCompare(other.label))
  return (
    <Scroll label={messages.map.list}>
      <table className="facts">
        <thead>
          <tr>
            <th>{words.name}</th>
            <th>{words.state}</th>
            <th>{relation ?? words.standsOn}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((thing) => (
            <tr key={thing.id}>
              <td>
                {thing.address ? <Link to={thing.address}>{thing.label}</Link> : thing.label}{' '}
                <span className="quiet small">{thing.kind}</span>
              </td>
              <td>
                <State tone={thing.tone}>{thing.state}</State>
              </td>
              <td>{needsInWords(thing.id, { needs, groups, labelOf }).join('; ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
