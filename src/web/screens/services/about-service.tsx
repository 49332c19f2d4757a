// Beside the map: what is known of the chosen service, what breaks if it fails, what it needs.
import { Link } from '@tanstack/react-router'
import { linkTo } from '../../data/link.ts'
import type { Group, Need, Thing } from '../../map/contract.ts'
import { needsInWords } from '../../map/in-words.ts'
import { messages } from '../../messages/messages.ts'
import { State } from '../../ui/state.tsx'
import { ImpactOf } from './impact.tsx'

const words = messages.serviceMap

interface AboutProps {
  thing: Thing
  things: Thing[]
  needs: Need[]
  groups: Group[]
  open: number
  isRoot: boolean
}

export function AboutService({ thing, things, needs, groups, open, isRoot }: AboutProps) {
  const labelOf = new Map(things.map((one) => [one.id, one.label]))
  const own = needsInWords(thing.id, { needs, groups, labelOf })
  const incidents = `/desk/incidents?filter=${encodeURIComponent(`service:${thing.id} status:new,assigned,working,waiting`)}`
  return (
    <aside className="panel about-service" aria-label={words.about(thing.label)}>
      <h2>{thing.label}</h2>
      <p className="row small">
        <span className="quiet">{thing.kind}</span>
        <State tone={thing.tone}>{thing.state}</State>
      </p>
      <p className="row small about-links">
        {thing.address && <Link to={thing.address}>{words.page}</Link>}
        {!isRoot && <Link to={`/estate/map/${thing.id}`}>{words.here}</Link>}
        {open > 0 && <Link {...linkTo(incidents)}>{words.incidents(open)}</Link>}
      </p>
      <h3>{messages.impact.breaks}</h3>
      <ImpactOf plural="services" number={thing.id} />
      <h3>{words.needs}</h3>
      {own.length === 0 ? (
        <p className="quiet small">{words.needsNothing}</p>
      ) : (
        <ul className="small about-needs">
          {own.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
    </aside>
  )
}
