// The map around one service, with what is said about the chosen box beside it. Levels and choice stand in the address.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo } from 'react'
import type { Search } from '../../data/address.ts'
import { messages } from '../../messages/messages.ts'
import { MapList } from '../../map/map-list.tsx'
import { Fault } from '../../ui/fault.tsx'
import { State } from '../../ui/state.tsx'
import { AboutService } from './about-service.tsx'
import { LevelStep } from './level-step.tsx'
import { groupsOf, mapQuery, needsOf, thingsOf } from './map-contract.ts'
import './services.css'

const RelationMap = lazy(() =>
  import('../../map/relation-map.tsx').then(({ RelationMap: component }) => ({ default: component })),
)
const words = messages.serviceMap
const usual = { up: 1, down: 3 }

interface ServiceMapProps {
  number: string
  /** On a page that says everything about the service already: only other boxes are told about. */
  isInside?: boolean
}

export function ServiceMap({ number, isInside = false }: ServiceMapProps) {
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const set = (change: Search) => void navigate({ to: '.', search: { ...search, ...change }, replace: true })
  const levels = { up: levelIn(search['up'], usual.up), down: levelIn(search['down'], usual.down) }
  const map = useQuery(mapQuery(number, levels))
  const shown = useMemo(
    () => map.data && { things: thingsOf(map.data), needs: needsOf(map.data), groups: groupsOf(map.data) },
    [map.data],
  )
  if (map.error && !map.data) return <Fault error={map.error} again={() => void map.refetch()} />
  if (!shown || !map.data) return <p className="quiet">{words.waiting}</p>
  const focus = shown.things.some((thing) => thing.id === search['on']) ? (search['on'] ?? null) : null
  const about = shown.things.find((thing) => thing.id === (focus ?? number))
  const isTold = !isInside || focus !== null
  const of = (tone: string) => shown.things.filter((thing) => thing.tone === tone).length
  return (
    <div className="service-map">
      <div className="row service-map-bar">
        <LevelStep label={words.up} value={levels.up} onChange={(up) => set({ up: String(up) })} />
        <LevelStep label={words.down} value={levels.down} onChange={(down) => set({ down: String(down) })} />
        <span className="small quiet number">{messages.map.nodes(shown.things.length)}</span>
        {of('bad') > 0 && <State tone="bad">{words.disturbed(of('bad'))}</State>}
        {of('warn') > 0 && <State tone="warn">{words.touched(of('warn'))}</State>}
        {map.data.isCut && <span className="small">{words.cut}</span>}
      </div>
      {shown.things.length === 1 && (
        <p className="small">
          {words.alone} <Link to="/all/dependencies/new">{words.addNeed}</Link>
        </p>
      )}
      <div className="service-map-columns" data-alone={isTold ? undefined : true}>
        <Suspense fallback={<p className="quiet map">{words.waiting}</p>}>
          <RelationMap
            label={messages.map.title}
            {...shown}
            focus={focus}
            onFocus={(id) => set({ on: id ?? undefined })}
          />
        </Suspense>
        {about && isTold && (
          <AboutService
            thing={about}
            open={map.data.nodes.find((node) => node.number === about.id)?.openIncidents ?? 0}
            isRoot={about.id === number}
            {...shown}
          />
        )}
      </div>
      <details>
        <summary className="small">{messages.map.list}</summary>
        <MapList {...shown} />
      </details>
    </div>
  )
}

/** A level of the address; what cannot be read is the usual one. */
function levelIn(text: string | undefined, otherwise: number): number {
  const value = Number(text)
  return text !== undefined && Number.isInteger(value) && value >= 0 && value <= 10 ? value : otherwise
}
