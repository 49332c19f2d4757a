// Reading a directory: as a try, for good, and what the last run did.
import { Button } from '@mantine/core'
import { call } from '../../data/http.ts'
import { attempt } from '../../data/writes.ts'
import { instantText } from '../../fields/format.ts'
import { federationWords } from '../../messages/federation.ts'
import { Scroll } from '../../ui/scroll.tsx'

const words = federationWords.run
export interface Synced {
  state: keyof typeof words.states
  at: string
  isDry: boolean
  because: string | null
  counts: Parameters<typeof words.counts>[0]
  problems: { entry: string; because: string }[]
  problemCount: number
  changes: { what: keyof typeof words.what; name: string; person: number | null; fields: string[] }[]
  seconds: number
}

export function DirectoryRun({ id, synced, onStarted }: { id: number; synced: Synced | null; onStarted: () => void }) {
  const isBusy = synced?.state === 'waiting' || synced?.state === 'running'
  const start = (order: object) =>
    void attempt(() => call(`/admin/sign-in-providers/${id}/sync`, { method: 'POST', body: order })).then(onStarted)
  return (
    <section className="stack" aria-labelledby="directory-run">
      <h3 id="directory-run">{words.title}</h3>
      <div className="row">
        <Button disabled={isBusy} onClick={() => start({ isDry: true })}>
          {words.try}
        </Button>
        <Button disabled={isBusy} onClick={() => start({})}>
          {words.now}
        </Button>
        {synced?.state === 'asks' && (
          <Button color="red" onClick={() => start({ mayRemoveMany: true })}>
            {words.letLeave}
          </Button>
        )}
      </div>
      {synced === null ? <p className="quiet">{words.never}</p> : <Outcome of={synced} />}
    </section>
  )
}
function Outcome({ of }: { of: Synced }) {
  return (
    <div className="stack" role="status">
      <p>
        <span className="strong">{words.states[of.state]}</span> · {instantText(of.at)} · {words.seconds(of.seconds)}
      </p>
      {of.because && <p className="error-text">{of.because}</p>}
      <p>
        {words.counts(of.counts)}
        {of.isDry && ` · ${words.wasDry}`}
      </p>
      {of.changes.length > 0 && (
        <Table
          label={words.changes}
          heads={[words.changes, words.who, words.fields]}
          rows={of.changes.map(({ what, name, fields }) => [words.what[what], name, fields.join(', ')])}
        />
      )}
      {of.problemCount > 0 && (
        <Table
          label={words.problems(of.problemCount)}
          heads={[words.entry, words.because]}
          rows={of.problems.map(({ entry, because }) => [entry, because])}
        />
      )}
    </div>
  )
}
function Table({ label, heads, rows }: { label: string; heads: string[]; rows: string[][] }) {
  return (
    <details>
      <summary>
        {label} ({rows.length})
      </summary>
      <Scroll label={label}>
        <table className="facts">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head}>{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // The rows are told in order and never move.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={index}>
                {row.map((cell, at) => (
                  // oxlint-disable-next-line react/no-array-index-key
                  <td key={at}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  )
}
