// For administrators, on every page: what of the installation needs somebody now, with what to do. It goes by itself.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { HealthItem } from '#kit/routes/admin.ts'
import { read } from '../data/http.ts'
import { Problem } from '../data/problem.ts'
import { offlineWords } from '../messages/offline.ts'
import { Sign } from '../ui/state.tsx'

const everyMs = 30_000
/** While something is shown, so that it goes soon after it was mended. */
const shownEveryMs = 10_000
const mostLines = 3
/** The page itself comes first. */
const firstMs = 3_000
const words = offlineWords.bars

export function Urgent() {
  const navigate = useNavigate()
  const [isTime, setTime] = useState(false)
  const [isRefused, setRefused] = useState(false)
  const [hidden, setHidden] = useState<readonly string[]>([])
  useEffect(() => {
    const timer = setTimeout(() => setTime(true), firstMs)
    return () => clearTimeout(timer)
  }, [])
  const { data } = useQuery({
    queryKey: ['urgent'],
    queryFn: () =>
      read<{ items: HealthItem[] }>('/admin/health/urgent').catch((error: unknown) => {
        // Somebody else has signed in in this browser meanwhile: they are not asked for again.
        if (!(error instanceof Problem) || error.status !== 403) throw error
        setRefused(true)
        return { items: [] }
      }),
    enabled: isTime && !isRefused,
    retry: false,
    refetchInterval: ({ state }) => ((state.data?.items.length ?? 0) > 0 ? shownEveryMs : everyMs),
  })
  useEffect(() => {
    // What is over, and comes again, is told again.
    if (data !== undefined) setHidden((names) => names.filter((name) => data.items.some((item) => item.name === name)))
  }, [data])
  const items = (data?.items ?? []).filter(({ name }) => !hidden.includes(name))
  if (items.length === 0) return null
  return (
    <div role="status" className="offline row quiet-bar">
      <Sign tone="bad" />
      <span>
        {items.slice(0, mostLines).map(({ name, todo }) => (
          <span key={name} className="urgent">
            {words.urgent(name, todo)}
          </span>
        ))}
        {items.length > mostLines && words.more(items.length - mostLines)}
      </span>
      <Button onClick={() => void navigate({ to: '/settings/$section', params: { section: 'health' } })}>
        {words.health}
      </Button>
      <Button variant="subtle" onClick={() => setHidden([...hidden, ...items.map(({ name }) => name)])}>
        {words.hide}
      </Button>
    </div>
  )
}
