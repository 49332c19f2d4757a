// Follows an import until it rests, and shows how far it is.
import { useQuery } from '@tanstack/react-query'
import { read } from '../data/http.ts'
import { useModel } from '../data/model.ts'
import { numberText } from '../fields/format.ts'
import { importsWords } from '../messages/imports.ts'
import { messages } from '../messages/messages.ts'
import type { ImportInfo } from './contract.ts'

const pollMs = 700
/** One that stopped because of a fault is tried again by itself. */
const stoppedPollMs = 3_000

/** The import as the server has it now; asked again while it works. */
export function useImport(id: ImportInfo['id'], enabled = true) {
  return useQuery({
    queryKey: ['import', id],
    queryFn: () => read<ImportInfo>(`/imports/${id}`),
    enabled,
    staleTime: 0,
    refetchInterval: ({ state: { data } }) =>
      isWorking(data) ? pollMs : data?.state === 'failed' ? stoppedPollMs : false,
  })
}

export function isWorking(info: ImportInfo | undefined): boolean {
  return info === undefined || info.state === 'checking' || info.state === 'running' || info.state === 'undoing'
}

export function Progress({ info, label }: { info: ImportInfo | undefined; label: string }) {
  const { done = 0, total = 0 } = info?.progress ?? {}
  return (
    <section className="panel stack" aria-live="polite">
      <p className="strong">{label}</p>
      <progress
        className="import-progress"
        aria-label={label}
        value={total > 0 ? done : undefined}
        max={total > 0 ? total : undefined}
      />
      <p className="quiet small number">{importsWords.import.progress(numberText(done), numberText(total))}</p>
    </section>
  )
}

export function Counts({ info }: { info: ImportInfo }) {
  const words = importsWords.import
  const { records } = useModel()
  const { create = 0, update = 0, unchanged = 0, failed = 0 } = info.counts ?? {}
  const figures = [
    [words.create, create],
    [words.update, update],
    [words.unchanged, unchanged],
    [words.failed, failed],
  ] as const
  const beside = Object.entries(info.counts?.references ?? {}).flatMap(([name, count]) => {
    const kind = records.find((record) => record.name === name)
    const label = count === 1 ? (kind?.label ?? name) : (kind?.labelPlural ?? name)
    const names = info.counts?.names?.[name] ?? []
    const more = names.length < count ? ', …' : ''
    const called = names.length > 0 ? ` (${names.join(', ')}${more})` : ''
    return count > 0 ? [`${numberText(count)} ${messages.values.inSentence(label)}${called}`] : []
  })
  return (
    <>
      <dl className="import-counts panel">
        {figures.map(([label, value]) => (
          <div key={label}>
            <dd className="figure number">{numberText(value)}</dd>
            <dt>{label}</dt>
          </div>
        ))}
      </dl>
      {beside.length > 0 && (
        <p>
          {words.beside} <b>{beside.join(', ')}</b>
        </p>
      )}
    </>
  )
}
