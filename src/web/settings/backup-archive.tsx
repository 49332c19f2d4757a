// Which moments can be brought back, and whether the archive of the log works.
import { instantText, numberText, relativeText } from '../fields/format.ts'
import { backupWords } from '../messages/backup.ts'
import { State } from '../ui/state.tsx'

const words = backupWords.archive
export interface Archive {
  place: string
  isSameDisk: boolean
  days: number
  windows: { from: string; until: string }[]
  lastArchived: string | null
  bases: number
  bytes: number
  trouble: string | null
}

export function ArchiveFacts({ archive }: { archive: Archive }) {
  const { place, isSameDisk, days, windows, lastArchived, bases, bytes, trouble } = archive
  return (
    <>
      <p className="quiet">{words.about}</p>
      <dl className="backup-facts">
        <dt>{words.state}</dt>
        <dd>
          <State tone={trouble ? 'bad' : windows.length === 0 ? 'warn' : 'good'}>
            {trouble ? words.fails : windows.length === 0 ? words.first : words.works}
          </State>
          {trouble && <p className="quiet">{trouble}</p>}
        </dd>
        <dt>{words.window}</dt>
        <dd>
          {windows.length === 0
            ? words.nothing
            : windows.map(({ from, until }) => (
                <div key={from}>{words.span(instantText(from), instantText(until))}</div>
              ))}
        </dd>
        <dt>{words.last}</dt>
        <dd>{lastArchived ? relativeText(lastArchived) : words.never}</dd>
        <dt>{words.place}</dt>
        <dd>
          <code>{place}</code>
          {isSameDisk && <p className="quiet">{words.sameDisk}</p>}
          <p className="quiet">{words.kept(days, bases, numberText(Math.round(bytes / 1e6), 'MB'))}</p>
        </dd>
      </dl>
    </>
  )
}
