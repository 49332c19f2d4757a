// The bridge, the start page: what needs me today, how do we stand, what is open and who is away.
import { useQuery } from '@tanstack/react-query'
import { useMe } from '../../data/model.ts'
import { Problem } from '../../data/problem.ts'
import { personZone, timeText } from '../../fields/format.ts'
import { bridgeWords } from '../../messages/bridge.ts'
import { Fault } from '../../ui/fault.tsx'
import { useTitle } from '../../ui/title.ts'
import { Begin } from './begin.tsx'
import { bridgeQuery, healthQuery, type Bridge } from './contract.ts'
import { Duties } from './duties.tsx'
import { greeting } from './greeting.ts'
import { Away, MyWork, OpenIncidents, Teams } from './load.tsx'
import { Needs } from './needs.tsx'
import { ForRequesters } from './requester.tsx'
import { ServiceHealth } from './service-health.tsx'
import './bridge.css'

const words = bridgeWords.bridge

export function Screen() {
  const me = useMe()
  const bridge = useQuery(bridgeQuery)
  // Both are asked at once and drawn together: what comes later would push the rest down.
  const health = useQuery(healthQuery)
  useTitle(words.title)
  const today = greeting(new Date(), { name: me.person?.title ?? '', zone: personZone() })
  const isStranger = bridge.error instanceof Problem && bridge.error.status === 403
  return (
    <div className="page bridge">
      <header className="bridge-head">
        <h1>{today.words}</h1>
        <p className="quiet small">
          {today.date}
          {bridge.data && ` · ${words.asOf(timeText(bridge.dataUpdatedAt))}`}
        </p>
      </header>
      {isStranger && <ForRequesters />}
      {bridge.error && !isStranger && !bridge.data && (
        <Fault error={bridge.error} again={() => void bridge.refetch()} />
      )}
      {bridge.isPending && <p className="quiet">{words.waiting}</p>}
      {bridge.data && !health.isPending && <Panels bridge={bridge.data} />}
    </div>
  )
}

function Panels({ bridge }: { bridge: Bridge }) {
  const health = useQuery(healthQuery)
  const { work, duties } = bridge
  const isEmpty =
    duties.every((duty) => duty.score === null) &&
    (health.data?.items.length === 0 || work.open.every((line) => line.count === 0))
  return (
    <>
      {isEmpty && <Begin />}
      <div className="bridge-top">
        <div className="bridge-column">
          <Needs bridge={bridge} />
          <ServiceHealth />
          <div className="bridge-row">
            <OpenIncidents open={work.open} />
            <Teams lines={work.teams} />
          </div>
        </div>
        <div className="bridge-column">
          <Duties duties={duties} />
          <MyWork lines={work.mine} />
          <Away away={work.away} />
        </div>
      </div>
    </>
  )
}
