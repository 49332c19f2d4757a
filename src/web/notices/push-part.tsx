// Settings, Notices: which browsers show notices while the application is closed. Switched on here, ended from anywhere.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { MyPush } from '#kit/push/routes.ts'
import { call, read } from '../data/http.ts'
import { queryClient } from '../data/queries.ts'
import { attempt } from '../data/writes.ts'
import { instantText, relativeText } from '../fields/format.ts'
import { inboxWords } from '../messages/inbox.ts'
import { FactsTable } from '../ui/facts-table.tsx'
import { complain, say } from '../ui/toast.tsx'
import { endHere, installed, standing, switchOn } from './this-browser.ts'

const words = inboxWords.push
const key = ['my-push']
const LATE_MS = 120_000
type Browser = MyPush['browsers'][number]

export function PushPart() {
  const mine = useQuery({ queryKey: key, queryFn: ({ signal }) => read<MyPush>('/me/push', signal) })
  const here = useQuery({ queryKey: [...key, 'here'], queryFn: standing, networkMode: 'always' })
  useEffect(() => {
    // On a machine that takes its time the worker comes when this page has said already that there is none.
    if (here.data !== 'cannot') return
    void installed(LATE_MS).then((worker) => worker && queryClient.invalidateQueries({ queryKey: [...key, 'here'] }))
  }, [here.data])
  const browsers = mine.data?.browsers ?? []
  const isOn = here.data === 'on' && browsers.some(({ isThis }) => isThis)
  return (
    <section className="notice-rhythm" aria-labelledby="notices-push">
      <h3 id="notices-push">{words.title}</h3>
      <p className="quiet">{words.about}</p>
      {here.data === 'cannot' && <p className="quiet">{words.cannot}</p>}
      {here.data === 'refused' && <p className="quiet">{words.refused}</p>}
      {mine.data && !isOn && (here.data === 'on' || here.data === 'off') && (
        <Button onClick={() => void begin(mine.data.publicKey)}>{words.begin}</Button>
      )}
      {browsers.length > 0 && <Browsers browsers={browsers} />}
    </section>
  )
}
function Browsers({ browsers }: { browsers: readonly Browser[] }) {
  return (
    <FactsTable
      label={words.title}
      items={browsers}
      keyOf={(browser) => browser.id}
      columns={[
        {
          label: words.device,
          cell: ({ device, isThis, lastError }) => (
            <>
              {device} {isThis && <span className="quiet small">{words.here}</span>}
              {lastError !== null && <div className="quiet small">{words.trouble(lastError)}</div>}
            </>
          ),
        },
        { label: words.since, cell: ({ createdAt }) => instantText(createdAt) },
        { label: words.last, cell: ({ deliveredAt }) => (deliveredAt === null ? '–' : relativeText(deliveredAt)) },
        {
          label: words.end,
          isDeed: true,
          cell: (browser) => (
            <Button size="compact-xs" aria-label={`${words.end}: ${browser.device}`} onClick={() => void end(browser)}>
              {words.end}
            </Button>
          ),
        },
      ]}
    />
  )
}

async function begin(publicKey: string): Promise<void> {
  const isDone = await attempt(async () => {
    const now = await switchOn(publicKey).catch((error: unknown) => {
      // What browsers say themselves is in their own words: "Registration failed - push service not available".
      if (error instanceof DOMException) complain(words.noService(error.message))
      else throw error
      return null
    })
    if (now === null) return
    queryClient.setQueryData(key, now)
    say(words.begun)
  })
  if (isDone) await queryClient.invalidateQueries({ queryKey: [...key, 'here'] })
}
async function end({ id, isThis }: Browser): Promise<void> {
  if (isThis) await endHere()
  if (await attempt(() => call(`/me/push/${id}`, { method: 'DELETE' }))) say(words.ended)
  await queryClient.invalidateQueries({ queryKey: key })
}
