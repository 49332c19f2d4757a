// While an incident is written or moved: who should have it and why, and what solved the like before.
import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { recordNamed, useModel } from '../../data/model.ts'
import { read } from '../../data/http.ts'
import { isRef } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import type { HintProps } from '../panels.ts'
import type { Routing, Similar, Suggested } from './contract.ts'
import { SimilarList } from './similar.tsx'
import './desk.css'

const words = messages.desk
const typingMs = 350
const enoughLetters = 6

export function Hint(props: HintProps) {
  const { fields, row } = props
  return (
    <>
      {(fields.includes('team') || fields.includes('assignee')) && <WhoHint {...props} />}
      {fields.includes('resolution') && row !== null && <SolutionHint {...props} />}
      {row === null && <SubjectHint {...props} />}
    </>
  )
}

function numberOf(value: unknown): string {
  return isRef(value) ? value.number : ''
}

function WhoHint({ values, fields, set, row }: HintProps) {
  const service = numberOf(values['service'] ?? row?.['service'])
  const category = numberOf(values['category'] ?? row?.['category'])
  const routing = useQuery({
    queryKey: ['suggest', service, category],
    queryFn: ({ signal }) =>
      read<Routing>(`/incidents/suggest?${new URLSearchParams({ service, category }).toString()}`, signal),
    enabled: service !== '' || category !== '',
    staleTime: 60_000,
  }).data
  if (!routing) return null
  const free = (name: string) => fields.includes(name) && !isRef(values[name])
  const one = (name: string, label: string, suggested: Suggested | null) =>
    suggested &&
    free(name) && (
      <div className="spread" key={name}>
        <span>
          <b>{label}</b> {suggested.ref.title} <span className="quiet">· {suggested.because}</span>
        </span>
        <Button size="compact-xs" aria-label={words.take(suggested.ref.title)} onClick={() => set(name, suggested.ref)}>
          {words.useIt}
        </Button>
      </div>
    )
  const lines = [
    one('team', words.suggestedTeam, routing.team),
    one('assignee', words.suggestedPerson, routing.assignee),
  ].filter(Boolean)
  if (lines.length === 0 && routing.warnings.length === 0) return null
  return (
    <section className="hint-box stack" aria-label={words.suggested}>
      {lines}
      {routing.warnings.map(({ because }) => (
        <p key={because} className="quiet">
          {because}
        </p>
      ))}
    </section>
  )
}

function SolutionHint({ set, row, values }: HintProps) {
  const record = recordNamed(useModel(), 'incident')
  const items = useQuery({
    queryKey: ['similar', row?.id],
    queryFn: ({ signal }) => read<{ items: Similar[] }>(`/incidents/${row?.id}/similar`, signal),
    staleTime: 300_000,
  }).data?.items
  if (!record || !items || items.length === 0 || values['resolution']) return null
  return (
    <section className="hint-box" aria-label={words.similarWhile}>
      <h3>{words.similarWhile}</h3>
      <SimilarList
        record={record}
        items={items.slice(0, 3)}
        onUse={(item) => {
          set('resolution', item.resolution)
          if (item.closureCode) set('closureCode', item.closureCode)
        }}
      />
    </section>
  )
}

/** Read aloud politely, so that it does not interrupt the typing. */
function SubjectHint({ values }: HintProps) {
  const record = recordNamed(useModel(), 'incident')
  const [text] = useDebouncedValue(String(values['subject'] ?? '').trim(), typingMs)
  const items =
    useQuery({
      queryKey: ['similar', 'text', text],
      queryFn: ({ signal }) =>
        read<{ items: Similar[] }>(`/incidents/similar?${new URLSearchParams({ text }).toString()}`, signal),
      enabled: text.length >= enoughLetters,
      staleTime: 60_000,
      placeholderData: keepPreviousData,
    }).data?.items ?? []
  const found = text.length >= enoughLetters ? items.slice(0, 5) : []
  return (
    <div aria-live="polite">
      {record && found.length > 0 && (
        <section className="hint-box" aria-label={words.similarWhile}>
          <h3>{words.similarWhile}</h3>
          <SimilarList record={record} items={found} />
        </section>
      )}
    </div>
  )
}
