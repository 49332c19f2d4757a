// Where reports begin: those that there are, their latest issues, and ready-made ones to begin with.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Row } from '../../data/contract.ts'
import { read } from '../../data/http.ts'
import { recordNamed, stateOf, useModel } from '../../data/model.ts'
import { someQuery } from '../../data/queries.ts'
import { attempt, write } from '../../data/writes.ts'
import { messages } from '../../messages/messages.ts'
import { reportWords } from '../../messages/reports.ts'
import { useTitle } from '../../ui/title.ts'
import './reports.css'

const words = reportWords.start
interface Ready {
  name: string
  label: string
  about: string
}

export function Screen() {
  const record = recordNamed(useModel(), 'report')
  useTitle(words.title)
  return (
    <div className="page">
      <header>
        <h1>{words.title}</h1>
        <p className="quiet">{words.about}</p>
      </header>
      <div className="report-start">
        <Known />
        <Issues />
        <Standing />
        {record?.can.create === true && <ReadyMade />}
      </div>
    </div>
  )
}

function Known() {
  const reports = useQuery(someQuery('reports', { sort: 'name', limit: '50', fields: 'name,period,nextOn' }))
  const items = reports.data?.items ?? []
  return (
    <section className="panel">
      <header>
        <h2>{words.mine}</h2>
      </header>
      {reports.data && items.length === 0 && <p className="quiet">{words.none}</p>}
      <ul className="plain stack">
        {items.map((row) => (
          <li key={row.id}>
            <Link to={`/reports/reports/${row.number}`}>{String(row['name'] ?? row.number)}</Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Reports that stand by themselves: nobody makes issues of them. */
function Standing() {
  const model = useModel()
  if (recordNamed(model, 'incident') === null) return null
  return (
    <section className="panel">
      <header>
        <h2>{words.standing}</h2>
      </header>
      <ul className="plain stack">
        <li>
          <Link to="/desk/report">{messages.desk.report}</Link>
        </li>
        {recordNamed(model, 'agreement') && (
          <li>
            <Link to="/desk/levels">{messages.screens.levels}</Link>
          </li>
        )}
        <li>
          <Link to="/reports/incident-log">{messages.screens.incidentLog}</Link>
        </li>
      </ul>
    </section>
  )
}

function Issues() {
  const record = recordNamed(useModel(), 'reportIssue')
  const issues = useQuery(someQuery('reportissues', { sort: '-id', limit: '12', fields: 'name,status' }))
  const items = issues.data?.items ?? []
  return (
    <section className="panel">
      <header>
        <h2>{words.issues}</h2>
      </header>
      {issues.data && items.length === 0 && <p className="quiet">{words.noIssues}</p>}
      <ul className="plain stack">
        {items.map((row) => (
          <li key={row.id} className="spread">
            <Link to={`/reports/reportissues/${row.number}`}>{String(row['name'] ?? row.number)}</Link>
            <span className="quiet small">{record ? stateOf(record, row['status'])?.label : ''}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function ReadyMade() {
  const navigate = useNavigate()
  const ready = useQuery({
    queryKey: ['screen', 'ready-reports'],
    queryFn: ({ signal }) => read<{ items: Ready[] }>('/reports/ready', signal),
  })
  const begin = (name: string) =>
    attempt(async () => {
      const { body } = await write<Row>('reports', '/reports/ready', { method: 'POST', body: { name } }, (made) => words.made(String(made['name']))) // oxfmt-ignore
      await navigate({ to: `/reports/reports/${body.number}` })
    })
  return (
    <section className="panel">
      <header>
        <h2>{words.ready}</h2>
      </header>
      <ul className="plain report-ready">
        {(ready.data?.items ?? []).map(({ name, label, about }) => (
          <li key={name}>
            <div>
              <p className="strong">{label}</p>
              <p className="quiet small">{about}</p>
            </div>
            <Button aria-label={`${words.begin}: ${label}`} onClick={() => void begin(name)}>
              {words.begin}
            </Button>
          </li>
        ))}
      </ul>
      <p>
        <Link to="/reports/reports/new">{words.own}</Link>
      </p>
      {ready.isPending && <p className="quiet">{messages.list.loading}</p>}
    </section>
  )
}
