// How service levels were kept: percent, met and missed by month, service, priority or agreement; every count opens its records.
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { Search } from '../../data/address.ts'
import { numberText, timeText } from '../../fields/format.ts'
import { levelReportWords } from '../../messages/level-report.ts'
import { messages } from '../../messages/messages.ts'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { useTitle } from '../../ui/title.ts'
import { Behind } from './behind.tsx'
import { LevelTable } from './level-table.tsx'
import { MonthChart } from './month-chart.tsx'
import { askedIn, reportQuery, rowName, type Asked, type Kept, type LevelReport } from './report-contract.ts'
import './levels.css'

const words = levelReportWords.levels

export function Screen() {
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const asked = askedIn(search)
  const report = useQuery(reportQuery(asked))
  useTitle(words.title)
  const set = (change: Search) =>
    void navigate({ to: '.', search: { ...search, key: undefined, state: undefined, ...change }, replace: true })
  return (
    <div className="page levels">
      <header className="spread">
        <h1>{words.title}</h1>
        {report.data && <span className="quiet small">{words.asOf(timeText(Date.parse(report.data.asOf)))}</span>}
      </header>
      <Question asked={asked} set={set} />
      {report.error && !report.data && <Fault error={report.error} again={() => void report.refetch()} />}
      {report.isPending && <p className="quiet">{words.waiting}</p>}
      {report.data && <Answer report={report.data} asked={asked} />}
    </div>
  )
}

function Question({ asked, set }: { asked: Asked; set: (change: Search) => void }) {
  const { allClocks } = messages.targets
  const clocks = { ...messages.targets.clocks, all: allClocks }
  const options = (of: Record<string, string>) => Object.entries(of).map(([value, label]) => ({ value, label }))
  const named = { ...clocks, ...(asked.clock in clocks ? {} : { [asked.clock]: asked.clock }) }
  return (
    <div className="row levels-question">
      <Select
        label={words.by}
        data={options(words.bys)}
        value={asked.by}
        allowDeselect={false}
        onChange={(by) => set({ by: by ?? undefined })}
      />
      <Select
        label={words.clock}
        data={options(named)}
        value={asked.clock}
        allowDeselect={false}
        onChange={(clock) => set({ clock: clock ?? undefined })}
      />
      <Select
        label={words.span}
        data={options(words.spans)}
        value={asked.from}
        allowDeselect={false}
        onChange={(from) => set({ from: from ?? undefined })}
      />
    </div>
  )
}

function Answer({ report, asked }: { report: LevelReport; asked: Asked }) {
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const { total, rows } = report
  if (rows.length === 0)
    return (
      <div className="panel">
        <Empty title={words.title} text={words.none}>
          <Link to="/desk/agreements">{words.noneLink}</Link>
        </Empty>
      </div>
    )
  const state = search['state']
  const open = state === 'met' || state === 'breached' || state === 'running' ? state : null
  const row = rows.find((one) => (one.key ?? 'none') === search['key'])
  const choose = (of: { key: string | null; state: Kept } | null) =>
    void navigate({
      to: '.',
      search: { ...search, key: of === null ? undefined : (of.key ?? 'none'), state: of?.state },
      replace: true,
    })
  return (
    <>
      <section className="panel" aria-label={words.percent}>
        <p className="row levels-total">
          <span className="levels-figure number">
            {total.percent === null ? words.noPercent : numberText(total.percent, '%')}
          </span>
          <span className="quiet small">
            {messages.values.inSentence(words.percent)} · {words.ended(total.met + total.breached)}
          </span>
        </p>
        <p className="quiet small">{words.counted}</p>
        {report.by === 'month' && rows.length > 1 && <MonthChart rows={rows} />}
      </section>
      <LevelTable report={report} name={(one) => rowName(one, report.by)} onOpen={choose} />
      {row && open && (
        <Behind
          key={`${row.key}/${open}/${asked.by}/${asked.clock}/${asked.from}`}
          asked={asked}
          row={row}
          state={open}
          title={words.behind(words.states[open] ?? open, rowName(row, report.by))}
          onClose={() => choose(null)}
        />
      )}
    </>
  )
}
