// The figures of imported incidents, to hold an import against its source. Every one opens the incidents behind it.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { read } from '../../data/http.ts'
import { dayText, numberText } from '../../fields/format.ts'
import { deskReportWords } from '../../messages/desk-report.ts'
import { messages } from '../../messages/messages.ts'
import { Fault } from '../../ui/fault.tsx'
import { useTitle } from '../../ui/title.ts'
import { Bars, useBehind, type Bar } from './bars.tsx'
import type { IncidentLog } from './report-contract.ts'
import './report.css'

const words = deskReportWords.log
const imported = 'formerNumber:any'

export function LogPage() {
  const log = useQuery({
    queryKey: ['screen', 'incident-log'],
    queryFn: ({ signal }) => read<IncidentLog>('/reports/incident-log?imported=true', signal),
  })
  useTitle(words.title)
  return (
    <div className="page">
      <header>
        <h1>{words.title}</h1>
        <p className="quiet">{words.about}</p>
      </header>
      {log.error ? (
        <Fault error={log.error} again={() => void log.refetch()} />
      ) : !log.data ? (
        <p className="quiet">{messages.list.loading}</p>
      ) : log.data.incidents === 0 ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <Figures log={log.data} />
      )}
    </div>
  )
}

function Figures({ log }: { log: IncidentLog }) {
  const figures = [
    { label: words.incidents, about: words.incidentsAbout, count: log.incidents, filter: '' },
    { label: words.levelMet, about: words.levelMetAbout, count: log.sourceLevelMet, filter: 'sourceLevelMet:true' },
    { label: words.reassigned, about: words.reassignedAbout, count: log.reassigned, filter: 'reassignmentCount>0' },
    { label: words.reopened, about: words.reopenedAbout, count: log.reopened, filter: 'reopenCount>0' },
  ]
  return (
    <>
      <ul className="plain report-figures">
        {figures.map((figure) => (
          <Tile key={figure.label} {...figure} />
        ))}
        {/* Behind these are entries of histories, which have no list of their own. */}
        <Tile label={words.updates} about={words.updatesAbout} count={log.updates} filter={null} />
        <Tile label={words.most} about={words.mostAbout} count={log.mostUpdates} filter={null} />
      </ul>
      <div className="report-grid">
        <section className="panel">
          <header>
            <h2>{words.priorities}</h2>
          </header>
          <Bars bars={Object.entries(log.byPriority).map(priorityBar).toSorted(byLabel)} />
        </section>
        <section className="panel">
          <header>
            <h2>{words.months}</h2>
            <span className="quiet small">{words.zone(log.zone)}</span>
          </header>
          <Bars bars={Object.entries(log.openedByMonth).toSorted(byMonth).map(monthBar)} />
        </section>
      </div>
    </>
  )
}

interface TileProps {
  label: string
  about: string
  count: number
  /** Beside being imported; null where no list shows what was counted. */
  filter: string | null
}
function Tile({ label, about, count, filter }: TileProps) {
  const behind = useBehind()
  const to = filter === null ? null : behind({ record: 'incident', filter: `${imported} ${filter}`.trim() })
  return (
    <li className="panel report-figure">
      <p className="figure number">
        {to ? (
          <Link {...to} aria-label={`${label}: ${numberText(count)}`}>
            {numberText(count)}
          </Link>
        ) : (
          numberText(count)
        )}
      </p>
      <p className="strong">{label}</p>
      <p className="quiet small">{about}</p>
    </li>
  )
}

function byMonth([one]: [string, number], [other]: [string, number]): number {
  return one.localeCompare(other)
}
function byLabel(one: Bar, other: Bar): number {
  return one.label.localeCompare(other.label)
}
function priorityBar([priority, count]: [string, number]): Bar {
  const label = priority === 'none' ? words.noPriority : priority
  return { label, count, list: { record: 'incident', filter: `${imported} priority:${priority}` } }
}
/** `2016-03`, from its first day to before the first of the next month. */
function monthBar([month, count]: [string, number]): Bar {
  const [year = 0, of = 0] = month.split('-').map(Number)
  const next = of === 12 ? `${year + 1}-01` : `${year}-${String(of + 1).padStart(2, '0')}`
  const filter = `${imported} openedAt>=${month}-01 openedAt<${next}-01`
  const label = dayText(`${month}-01`).replace(/\b0?1\b,?\.? ?/, '')
  return { label, count, list: { record: 'incident', filter } }
}
