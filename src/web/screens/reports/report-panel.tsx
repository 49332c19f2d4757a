// The page of a report as it reads now, with what can be done: build it, make an issue, take it along.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Row } from '../../data/contract.ts'
import { read } from '../../data/http.ts'
import { sentenceOf } from '../../data/problem.ts'
import { attempt, refresh, write } from '../../data/writes.ts'
import { reportWords } from '../../messages/reports.ts'
import type { PanelProps } from '../panels.ts'
import type { ShownPage } from './contract.ts'
import { Downloads } from './deeds.tsx'
import { PageView } from './page-view.tsx'
import { Sending } from './sending.tsx'

const words = reportWords

export function Panel({ record, row }: PanelProps) {
  const navigate = useNavigate()
  const address = `/reports/${row.id}`
  const page = useQuery({
    queryKey: ['screen', 'report-page', row.id, row.rev],
    queryFn: ({ signal }) => read<ShownPage>(`${address}/page`, signal),
  })
  const make = () =>
    attempt(async () => {
      const { body } = await write<Row>('reportissues', `/reports/${row.id}/issues`, { method: 'POST', body: {} }, (made) => words.deeds.issueMade(made.number)) // oxfmt-ignore
      refresh('reports')
      await navigate({ to: `/reports/reportissues/${body.number}` })
    })
  return (
    <div className="stack">
      {row.can?.update && (
        <div className="row report-deeds no-print">
          <Button variant="filled" onClick={() => void make()}>
            {words.deeds.makeIssue}
          </Button>
          <Button component={Link} to={`/reports/build/${row.number}`}>
            {words.deeds.build}
          </Button>
        </div>
      )}
      {page.error && (
        <p role="alert" className="error-text">
          {sentenceOf(page.error)}
        </p>
      )}
      {page.data ? (
        <>
          <Downloads address={address} isPrintable={page.data.isPrintable} />
          <PageView shown={page.data} />
          <Sending record={record} row={row} />
        </>
      ) : (
        !page.error && <p className="quiet">{words.page.loading}</p>
      )}
    </div>
  )
}
