// What the installation says about itself, worst first, with what to do.
import { useQuery } from '@tanstack/react-query'
import type { HealthItem } from '#kit/routes/admin.ts'
import { read } from '../data/http.ts'
import { sectionsWords } from '../messages/sections.ts'
import { messages } from '../messages/messages.ts'
import { Fault } from '../ui/fault.tsx'
import { State } from '../ui/state.tsx'
import { FactsTable } from '../ui/facts-table.tsx'

const words = sectionsWords.health
const order = { bad: 0, warn: 1, good: 2 }

export function Section() {
  const health = useQuery({
    queryKey: ['screen', 'health'],
    queryFn: () => read<{ items: HealthItem[] }>('/admin/health'),
    refetchInterval: 30_000,
  })
  if (health.error) return <Fault error={health.error} again={() => void health.refetch()} />
  const items = (health.data?.items ?? []).toSorted((one, other) => order[one.state] - order[other.state])
  return (
    <>
      <p className="quiet">{words.about}</p>
      {items.length === 0 && !health.isPending ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <FactsTable
          label={messages.settings.health}
          items={items}
          keyOf={(item) => item.name}
          columns={[
            { label: words.what, cell: (item) => item.name },
            { label: messages.map.state, cell: (item) => <State tone={item.state}>{words[item.state]}</State> },
            { label: words.value, cell: (item) => item.value },
            { label: words.todo, cell: (item) => item.todo || '–' },
          ]}
        />
      )}
    </>
  )
}
