// The entries of a page of the journal: who, what, from where, why, and the proof of each.
import { Link } from '@tanstack/react-router'
import type { JournalItem, JournalPage } from '#kit/journal-search.ts'
import { addressOf, recordNamed, useModel } from '../data/model.ts'
import { instantFull, instantText } from '../fields/format.ts'
import { plainText } from '../fields/plain.ts'
import { journalWords as words } from '../messages/journal.ts'
import { messages } from '../messages/messages.ts'
import { ChangeLine, FirstValues } from '../record/changes.tsx'
import { deedOf } from '../record/deed.ts'
import { Scroll } from '../ui/scroll.tsx'

const shownChanges = 6

export function Entries({ page, onRequest }: { page: JournalPage; onRequest: (request: string) => void }) {
  if (page.items.length === 0) return <p className="quiet">{page.next === null ? words.none : words.goesOn}</p>
  return (
    <Scroll label={words.title}>
      <table className="facts">
        <thead>
          <tr>
            <th>{words.when}</th>
            <th>{words.person}</th>
            <th>{words.record}</th>
            <th>{words.what}</th>
            <th>{words.changes}</th>
            <th>{words.origin}</th>
            <th>{words.proof}</th>
          </tr>
        </thead>
        <tbody>
          {page.items.map((entry) => (
            <Entry key={entry.id} entry={entry} onRequest={onRequest} />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Entry({ entry, onRequest }: { entry: JournalItem; onRequest: (request: string) => void }) {
  const record = recordNamed(useModel(), entry.record)
  const what = `${entry.number ?? entry.label} ${entry.action}`
  return (
    <tr>
      <td className="number">
        <time dateTime={entry.at} title={instantFull(entry.at)}>
          {instantText(entry.at)}
        </time>
        {entry.occurredAt !== entry.at && (
          <div className="quiet small">{words.happened(instantText(entry.occurredAt))}</div>
        )}
      </td>
      <td>
        {entry.actor?.title ?? words.product}
        {entry.onBehalfOf && <div className="quiet small">{words.onBehalf(entry.onBehalfOf.title)}</div>}
      </td>
      <td>
        {record && entry.number ? (
          <Link to={addressOf(record, entry.number)}>{entry.number}</Link>
        ) : (
          (entry.number ?? entry.label)
        )}
      </td>
      <td>{record ? deedOf(record, entry.action) : entry.action}</td>
      <td>
        <Changes entry={entry} />
      </td>
      <td>
        <button
          type="button"
          className="link-button"
          title={`${words.request} ${entry.request}`}
          onClick={() => onRequest(entry.request)}
        >
          {messages.origins[entry.origin] ?? entry.origin}
        </button>
      </td>
      <td>
        <a href={`/api/v1/journal/${entry.id}/proof`} download aria-label={words.proofOf(what)}>
          {words.proof}
        </a>
      </td>
    </tr>
  )
}

function Changes({ entry }: { entry: JournalItem }) {
  const record = recordNamed(useModel(), entry.record)
  const first = entry.changes.slice(0, shownChanges)
  const more = entry.changes.length - first.length
  return (
    <>
      {record && entry.action === 'create' ? (
        <FirstValues record={record} changes={first} />
      ) : (
        <ul className="plain">
          {first.map((change) => (
            <li key={change.field}>
              {record ? (
                <ChangeLine record={record} change={change} />
              ) : (
                `${change.label}: ${plainText({ kind: 'json' }, change.from)} → ${plainText({ kind: 'json' }, change.to)}`
              )}
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p className="quiet small">{words.more(more)}</p>}
      {entry.isErased && <p className="quiet">{messages.timeline.erased}</p>}
      {entry.reason && <p className="quiet">{`${messages.timeline.why}: ${entry.reason}`}</p>}
    </>
  )
}
