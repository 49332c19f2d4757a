// How the business services do: state, promises kept in thirty days, open incidents. The name opens the map, the count the list.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { linkTo } from '../../data/link.ts'
import { addressOf, listAddress, recordNamed, useModel } from '../../data/model.ts'
import { sentenceOf } from '../../data/problem.ts'
import { numberText } from '../../fields/format.ts'
import { bridgeWords } from '../../messages/bridge.ts'
import { Sign } from '../../ui/state.tsx'
import { healthQuery, type Health } from './contract.ts'
import { NextStep } from './next-step.tsx'
import { Panel } from './panel.tsx'

const words = bridgeWords.bridge.health
const shownFirst = 8

export function ServiceHealth() {
  const health = useQuery(healthQuery)
  const items = health.data?.items ?? []
  return (
    <Panel
      title={words.title}
      about={words.days(health.data?.days ?? 30)}
      link={items.length > 0 ? { label: words.map, address: '/estate/map' } : null}
    >
      {health.error && !health.data && <p className="error-text">{sentenceOf(health.error)}</p>}
      {health.isPending && <p className="quiet bridge-empty">{bridgeWords.bridge.waiting}</p>}
      {health.data && items.length === 0 && (
        <NextStep text={words.empty} record="service" label={words.add} importLabel={words.importThem} />
      )}
      <ul className="plain bridge-lines">
        {items.slice(0, shownFirst).map((item) => (
          <HealthLine key={item.service.id} item={item} />
        ))}
      </ul>
      {items.length > shownFirst && (
        <Link
          {...linkTo(`/estate/services?filter=${encodeURIComponent('kind:business status:live')}&sort=name`)}
          className="small bridge-more"
        >
          {words.all(items.length)}
        </Link>
      )}
    </Panel>
  )
}

function HealthLine({ item }: { item: Health }) {
  const incidents = recordNamed(useModel(), 'incident')
  const open = Object.values(item.open).reduce((sum, n) => sum + n, 0)
  return (
    <li className="bridge-line">
      <Sign tone={item.state} />
      <span className="hidden-text">{words.state[item.state]}:</span>
      <Link to={`/estate/map/${item.service.number}`} className="bridge-what">
        {item.service.title}
      </Link>
      <span className="small quiet health-open">
        {open > 0 && incidents ? (
          <Link {...linkTo(`${listAddress(incidents)}?filter=${encodeURIComponent(item.filter)}`)}>
            {words.open(open)}
          </Link>
        ) : null}
      </span>
      <Kept item={item} />
      <Cause item={item} open={open} />
    </li>
  )
}

/** How much of what was promised was kept; opens the missed ones, or the kept ones where none was missed. */
function Kept({ item: { service, percent, met, breached } }: { item: Health }) {
  if (percent === null)
    return (
      <span className="number small health-percent" title={words.unpromised}>
        –
      </span>
    )
  const text = numberText(percent, '%')
  const state = breached > 0 ? 'breached' : 'met'
  const said = words.kept(text, met, met + breached)
  return (
    <Link
      {...linkTo(`/desk/levels?by=service&clock=all&from=-30d&key=${service.id}&state=${state}`)}
      className="number small health-percent"
      title={said}
      aria-label={`${service.title}: ${said}`}
    >
      {text}
    </Link>
  )
}

/** Which open work, on it or on what it needs, makes it so: not told where the count beside it says the same. */
function Cause({ item: { service, state, cause }, open }: { item: Health; open: number }) {
  const model = useModel()
  const [incidents, services] = [recordNamed(model, 'incident'), recordNamed(model, 'service')]
  if (cause === null || incidents === null || services === null) return null
  const isOwn = cause.service.id === service.id
  if (isOwn && state === 'warn' && open > 0) return null
  return (
    <span className="small quiet health-cause">
      {isOwn ? words.because : words.needs}{' '}
      {!isOwn && <Link to={addressOf(services, cause.service.number)}>{cause.service.title}</Link>}
      {!isOwn && ': '}
      <Link to={addressOf(incidents, cause.number)}>{cause.number}</Link>
      {cause.priority && ` (${cause.priority})`}
    </span>
  )
}
