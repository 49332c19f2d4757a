// The desk's report: figures of a span of days, each with its definition and the list behind it, charts with their tables.
import { Button, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { Search } from '../../data/address.ts'
import { read } from '../../data/http.ts'
import { dayText, fixedText, numberText, shareText } from '../../fields/format.ts'
import { deskReportWords } from '../../messages/desk-report.ts'
import { messages } from '../../messages/messages.ts'
import { Fault } from '../../ui/fault.tsx'
import { useTitle } from '../../ui/title.ts'
import { Bars, Columns, useBehind, type Bar, type ColumnSeries } from './bars.tsx'
import { ChartPanel } from './chart-panel.tsx'
import type { DeskReport, Figure, Group } from './report-contract.ts'
import './report.css'

const words = deskReportWords.report

export function ReportPage() {
  const { from = '-30d', to = 'today' } = useSearch({ strict: false }) as Search
  const report = useQuery({
    queryKey: ['screen', 'desk-report', from, to],
    queryFn: ({ signal }) => read<DeskReport>(`/reports/desk?${new URLSearchParams({ from, to }).toString()}`, signal),
    placeholderData: keepPreviousData,
  })
  const priorities = useGroups('priority')
  const months = useGroups('openedAt:month')
  useTitle(messages.desk.report)
  return (
    <div className="page">
      <header className="spread">
        <h1>{messages.desk.report}</h1>
        <Period from={report.data?.from ?? dayIn(from)} to={report.data?.to ?? dayIn(to)} />
      </header>
      {report.error ? (
        <Fault error={report.error} again={() => void report.refetch()} />
      ) : report.data && priorities && months ? (
        <Report report={report.data} priorities={priorities} months={months} />
      ) : (
        <p className="quiet">{messages.list.loading}</p>
      )}
    </div>
  )
}

/** `-30d` and `today` as days, until the server has said which it took; other words stay empty. */
function dayIn(text: string): string {
  const [, days = text === 'today' ? '0' : undefined] = /^-(\d+)d$/.exec(text) ?? []
  if (days === undefined) return /^\d{4}-\d\d-\d\d$/.test(text) ? text : ''
  return new Date(Date.now() - Number(days) * dayMs).toISOString().slice(0, 10)
}

const spans = [7, 30, 90, 365]
const dayMs = 86_400_000

/** Whether these days are the last so many, as the server counts them. */
function isSpan(days: number, from: string, to: string): boolean {
  const today = new Date(Date.now()).toISOString().slice(0, 10)
  return Math.abs(Date.parse(to) - Date.parse(today)) <= dayMs && Date.parse(to) - Date.parse(from) === days * dayMs
}

function Period({ from, to }: { from: string; to: string }) {
  const navigate = useNavigate()
  const change = (part: Record<string, string>) =>
    void navigate({ to: '.', search: { from, to, ...part }, replace: true })
  return (
    <div className="row report-period" role="group" aria-label={words.period}>
      {spans.map((days) => (
        <Button
          key={days}
          aria-pressed={isSpan(days, from, to)}
          onClick={() => change({ from: `-${days}d`, to: 'today' })}
        >
          {words.last(days)}
        </Button>
      ))}
      <TextInput
        type="date"
        aria-label={words.from}
        value={from}
        max={to}
        onChange={(event) => event.currentTarget.value && change({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        aria-label={words.to}
        value={to}
        min={from}
        onChange={(event) => event.currentTarget.value && change({ to: event.currentTarget.value })}
      />
    </div>
  )
}

interface ReportProps {
  report: DeskReport
  priorities: readonly Bar[]
  months: readonly Bar[]
}

function Report({ report, priorities, months }: ReportProps) {
  const periods = report.volume.map((one) => dayText(one.on).replace(/,? \d{4}$/, ''))
  const series: ColumnSeries[] = [
    {
      label: words.opened,
      fill: 'var(--info-fill)',
      values: report.volume.map((one) => ({ count: one.opened, list: one.openedList })),
    },
    {
      label: words.resolved,
      fill: 'var(--good-fill)',
      values: report.volume.map((one) => ({ count: one.resolved, list: one.resolvedList })),
    },
  ]
  return (
    <>
      <ul className="plain report-figures">
        {report.figures.map((figure) => (
          <FigureTile key={figure.name} figure={figure} />
        ))}
      </ul>
      <ChartPanel
        title={words.volume}
        aside={report.by === 'week' ? words.byWeek : words.byDay}
        legend={series}
        table={{ periods, series }}
      >
        <Columns label={words.volume} periods={periods} series={series} />
      </ChartPanel>
      <div className="report-grid">
        <BarPanel title={words.backlog} bars={report.backlog} />
        <BarPanel title={words.reassigned} bars={report.reassigned} />
        <BarPanel title={words.scores} bars={report.scores} />
        <BarPanel title={words.priorities} bars={priorities} />
      </div>
      <MonthsPanel months={months} />
    </>
  )
}

function FigureTile({ figure }: { figure: Figure }) {
  const to = useBehind()(figure.list)
  const text = figureText(figure)
  return (
    <li className="panel report-figure">
      <p className="figure number">
        {to && figure.value !== null ? (
          <Link {...to} aria-label={`${figure.label}: ${text}`}>
            {text}
          </Link>
        ) : (
          <span className="quiet">{text}</span>
        )}
      </p>
      <p className="strong">{figure.label}</p>
      <p className="quiet small">
        {figure.definition} <span className="number">({words.evidence(figure.evidence)})</span>
      </p>
    </li>
  )
}

function figureText({ value, unit }: Figure): string {
  if (value === null) return words.noValue
  if (unit === 'share') return shareText(value)
  return unit === 'of 5' ? words.ofFive(fixedText(value, 1)) : numberText(value)
}

function BarPanel({ title, bars }: { title: string; bars: readonly Bar[] }) {
  const isEmpty = bars.every((bar) => bar.count === 0)
  return (
    <section className="panel">
      <header>
        <h2>{title}</h2>
      </header>
      {isEmpty ? <p className="quiet">{words.nothing}</p> : <Bars bars={bars} />}
    </section>
  )
}

/** Counts over all incidents, whenever they were opened; null while they are counted. */
function useGroups(by: string): Bar[] | null {
  const groups = useQuery({
    queryKey: ['screen', 'groups', by],
    queryFn: ({ signal }) => read<{ items: Group[] }>(`/incidents/groups?by=${encodeURIComponent(by)}`, signal),
  })
  if (groups.isPending) return null
  const bars = (groups.data?.items ?? []).map((group) => ({
    label: group.labels[0] ?? '',
    count: group.count,
    list: { record: 'incident', filter: group.filter },
  }))
  return by === 'priority' ? bars.toSorted((a, b) => a.label.localeCompare(b.label)) : bars
}

const monthsShown = 36

function MonthsPanel({ months }: { months: readonly Bar[] }) {
  const bars = months.slice(-monthsShown)
  if (bars.length === 0) return null
  const periods = bars.map((bar) => monthText(bar.label))
  const series = [{ label: words.opened, fill: 'var(--info-fill)', values: bars }]
  return (
    <ChartPanel title={words.months} aside="" legend={[]} table={{ periods, series }}>
      <Columns label={words.months} periods={periods} series={series} />
    </ChartPanel>
  )
}

/** `2026-03` → "Mar 2026". */
function monthText(month: string): string {
  return dayText(`${month}-01`).replace(/\b0?1\b,? ?/, '')
}
