// How the business services do: state, promises kept in thirty days, open incidents. The name opens the map, the count the list.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { linkTo } from '../../data/link.ts'
import { listAddress, recordNamed, useModel } from '../../data/model.ts'
import { sentenceOf } from '../../data/problem.ts'
import { numberText } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import { Sign } from '../../ui/state.tsx'
import { healthQuery, type Health } from './contract.ts'
import { NextStep } from './next-step.tsx'
import { Panel } from './panel.tsx'

const words = messages.bridge.health
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
      {health.isPending && <p className="quiet bridge-empty">{messages.bridge.waiting}</p>}
      {health.data && items.length === 0 && (
        <NextStep text={words.empty} record="service" label={words.add} importLabel={words.importThem} />
      )}
      <ul className="plain bridge-lines">
        {items.slice(0, shownFirst).map((item) => (
          <HealthLine key={item.service.id} item={item} />
        ))}
      </ul>
      {items.length > shownFirst && (
        <Link {...linkTo('/desk/levels?by=service&from=-30d')} className="small bridge-more">
          {words.all(items.length)}
        </Link>
      )}
    </Panel>
  )
}

function HealthLine({ item }: { item: Health }) {
  const incidents = recordNamed(useModel(), 'incident')
  const open = Object.values(item.open).reduce((sum, n) => sum + n, 0)
  const isUrgent = item.open['P1'] !== undefined || item.open['P2'] !== undefined
  // What is open on it does not explain its state: something that it needs does.
  const isFromBelow = item.state === 'bad' ? !isUrgent : item.state === 'warn' && open === 0
  const ended = item.met + item.breached
  const percent = item.percent === null ? '–' : numberText(item.percent, '%')
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
        {isFromBelow && (open > 0 ? ` · ${words.below}` : words.below)}
      </span>
      <span
        className="number small health-percent"
        title={item.percent === null ? words.unpromised : words.kept(percent, item.met, ended)}
      >
        {percent}
      </span>
    </li>
  )
}
