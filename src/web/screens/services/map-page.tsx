// The service map: choose a service, see what stands on it and what it needs.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { recordNamed, useModel } from '../../data/model.ts'
import { Problem } from '../../data/problem.ts'
import { rowQuery, someQuery } from '../../data/queries.ts'
import { RefChooser } from '../../fields/ref-editor.tsx'
import { isRef } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { useTitle } from '../../ui/title.ts'
import { ServiceMap } from './service-map.tsx'
import './services.css'

const words = messages.serviceMap

/** `/estate/map` shows the first business service, `/estate/map/SVC-1` that one. */
export function Screen() {
  const { number } = useParams({ strict: false })
  const first = useQuery({
    ...someQuery('services', { filter: 'kind:business status:live', sort: 'name', limit: '1', fields: 'name' }),
    enabled: number === undefined,
  })
  const shown = number ?? first.data?.items[0]?.number
  useTitle(messages.map.title)
  return (
    <div className="page map-page">
      {shown === undefined && <h1>{messages.map.title}</h1>}
      {first.error && <Fault error={first.error} again={() => void first.refetch()} />}
      {first.data && shown === undefined && <NoServices />}
      {shown !== undefined && <OneService number={shown} />}
    </div>
  )
}

function OneService({ number }: { number: string }) {
  const record = recordNamed(useModel(), 'service')
  const navigate = useNavigate()
  const row = useQuery(rowQuery('services', number))
  const name = row.data?.['name']
  useTitle(typeof name === 'string' ? `${name} · ${messages.map.title}` : messages.map.title)
  if (row.error instanceof Problem && row.error.status === 404) return <h1>{messages.errors.noRecord(number)}</h1>
  return (
    <>
      <header className="spread">
        <h1>{messages.map.title}</h1>
        <div className="map-choose">
          <RefChooser
            record={record}
            field={{ name: 'service', label: words.show, kind: 'ref', to: 'service', required: true }}
            labelled={false}
            value={row.data ? { id: row.data.id, number: row.data.number, title: String(name ?? '') } : null}
            onChange={(to) => isRef(to) && void navigate({ to: `/estate/map/${to.number}` })}
          />
        </div>
      </header>
      <ServiceMap key={number} number={number} />
    </>
  )
}

function NoServices() {
  const record = recordNamed(useModel(), 'service')
  return (
    <Empty title={messages.map.title} text={words.none}>
      {record?.can.create && (
        <Button variant="filled" renderRoot={(props) => <Link {...props} to="/estate/services/new" />}>
          {words.add}
        </Button>
      )}
    </Empty>
  )
}
