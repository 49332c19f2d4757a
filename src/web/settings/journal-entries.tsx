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
import { FactsTable } from '../ui/facts-table.tsx'

const shownChanges = 6

export function Entries({ page, onRequest }: { page: JournalPage; onRequest: (request: string) => void }) {
  if (page.items.length === 0) return <p className="quiet">{page.next === null ? words.none : words.goesOn}</p>
  return (
    <FactsTable
      label={words.title}
      items={page.items}
      keyOf={(entry) => entry.id}
      columns={[
        { label: words.when, isNumber: true, cell: (entry) => <When entry={entry} /> },
        { label: words.person, cell: (entry) => <Who entry={entry} /> },
        { label: words.record, cell: (entry) => <What entry={entry} /> },
        { label: words.what, cell: (entry) => <Deed entry={entry} /> },
        { label: words.changes, cell: (entry) => <Changes entry={entry} /> },
        {
          label: words.origin,
          cell: (entry) => (
            <button
              type="button"
              className="link-button"
              title={`${words.request} ${entry.request}`}
              onClick={() => onRequest(entry.request)}
            >
              {messages.origins[entry.origin] ?? entry.origin}
            </button>
          ),
        },
        {
          label: words.proof,
          cell: (entry) => (
            <a
              href={`/api/v1/journal/${entry.id}/proof`}
              download
              aria-label={words.proofOf(`${entry.number ?? entry.label} ${entry.action}`)}
            >
              {words.proof}
            </a>
          ),
        },
      ]}
    />
  )
}

function When({ entry }: { entry: JournalItem }) {
  return (
    <>
      <time dateTime={entry.at} title={instantFull(entry.at)}>
        {instantText(entry.at)}
      </time>
      {entry.occurredAt !== entry.at && (
        <div className="quiet small">{words.happened(instantText(entry.occurredAt))}</div>
      )}
    </>
  )
}

function Who({ entry }: { entry: JournalItem }) {
  return (
    <div>
      {entry.actor?.title ?? words.product}
      {entry.onBehalfOf && <div className="quiet small">{words.onBehalf(entry.onBehalfOf.title)}</div>}
    </div>
  )
}

function What({ entry }: { entry: JournalItem }) {
  const record = recordNamed(useModel(), entry.record)
  return record && entry.number ? (
    <Link className="whole" to={addressOf(record, entry.number)}>
      {entry.number}
    </Link>
  ) : (
    <>{entry.number ?? entry.label}</>
  )
}

function Deed({ entry }: { entry: JournalItem }) {
  const record = recordNamed(useModel(), entry.record)
  return <>{record ? deedOf(record, entry.action) : entry.action}</>
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
