// Backups: what there is, how old the last proof is, and when the next ones are made.
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call, read } from '../data/http.ts'
import { attempt } from '../data/writes.ts'
import { instantText, numberText, relativeText } from '../fields/format.ts'
import { backupWords as words } from '../messages/backup.ts'
import { Fault } from '../ui/fault.tsx'
import { Scroll } from '../ui/scroll.tsx'
import { State } from '../ui/state.tsx'
import { say } from '../ui/toast.tsx'
import './backup.css'
import { BackupSchedule, type Schedule } from './backup-schedule.tsx'

interface Backup {
  id: string
  startedAt: string
  state: 'running' | 'done' | 'failed'
  because: string | null
  bytes: number | null
  items: number | null
  unsound: number
  provenAt: string | null
  proof: 'running' | 'good' | 'failed' | null
  proofBecause: string | null
}
interface Backups {
  settings: Schedule
  fixed: (keyof Schedule)[]
  place: string
  isSameDisk: boolean
  isEncrypting: boolean
  isBusy: boolean
  items: Backup[]
}
const key = ['screen', 'backups']
const stateTones = { running: 'info', done: 'good', failed: 'bad' } as const
const proofTones = { running: 'info', good: 'good', failed: 'bad', none: 'warn' } as const

export function Section() {
  const client = useQueryClient()
  const backups = useQuery({ queryKey: key, queryFn: () => read<Backups>('/admin/backups'), refetchInterval: 5_000 })
  async function begin(path: string, done: string) {
    if (await attempt(() => call(path, { method: 'POST', body: {} }))) say(done)
    await client.invalidateQueries({ queryKey: key })
  }
  async function change(settings: Schedule, fixed: readonly string[]) {
    const body = Object.fromEntries(Object.entries(settings).filter(([name]) => !fixed.includes(name)))
    if (await attempt(() => call('/admin/backups', { method: 'PATCH', body }))) say(words.saved)
    await client.invalidateQueries({ queryKey: key })
  }
  if (backups.error) return <Fault error={backups.error} again={() => void backups.refetch()} />
  if (!backups.data) return <p className="quiet">{words.about}</p>
  const { settings, fixed, place, isSameDisk, isEncrypting, isBusy, items } = backups.data
  const newest = items.find(({ state }) => state === 'done')
  const proven = items.map(({ provenAt }) => provenAt ?? '').sort((one, other) => other.localeCompare(one))[0]
  return (
    <>
      <p className="quiet">{words.about}</p>
      <dl className="backup-facts">
        <dt>{words.newest}</dt>
        <dd>{newest ? relativeText(newest.startedAt) : words.never}</dd>
        <dt>{words.proven}</dt>
        <dd>{proven ? <State tone="good">{relativeText(proven)}</State> : <State tone="warn">{words.never}</State>}</dd>
        <dt>{words.place}</dt>
        <dd>
          <code>{place}</code>
          {isSameDisk && <p className="quiet">{words.sameDisk}</p>}
          <p className="quiet">{isEncrypting ? words.encrypted : words.plain}</p>
        </dd>
      </dl>
      <p>
        <Button disabled={isBusy} onClick={() => void begin('/admin/backups', words.started)}>
          {words.now}
        </Button>
      </p>
      {items.length === 0 ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <List items={items} isBusy={isBusy} prove={(id) => void begin(`/admin/backups/${id}/proof`, words.proving)} />
      )}
      <h3>{words.schedule}</h3>
      <BackupSchedule
        key={JSON.stringify(settings)}
        settings={settings}
        fixed={fixed}
        save={(to) => void change(to, fixed)}
      />
    </>
  )
}

function List({ items, isBusy, prove }: { items: Backup[]; isBusy: boolean; prove: (id: string) => void }) {
  return (
    <Scroll label={words.title}>
      <table className="facts">
        <thead>
          <tr>
            <th>{words.when}</th>
            <th>{words.state}</th>
            <th>{words.size}</th>
            <th>{words.content}</th>
            <th>{words.proof}</th>
            <th>
              <span className="hidden-text">{words.prove}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <td className="backup-when">{instantText(item.startedAt)}</td>
              <td>
                <State tone={stateTones[item.state]}>{words.states[item.state]}</State>
                {item.because && <p className="quiet">{item.because}</p>}
                {item.unsound > 0 && <p className="quiet">{words.unsound(item.unsound)}</p>}
              </td>
              <td className="number">
                {item.bytes === null ? '–' : numberText(Math.round(item.bytes / 1e5) / 10, 'MB')}
              </td>
              <td className="number">{item.items === null ? '–' : numberText(item.items)}</td>
              <td>
                <State tone={proofTones[item.proof ?? 'none']}>{words.proofs[item.proof ?? 'none']}</State>
                {item.proofBecause && <p className="quiet">{item.proofBecause}</p>}
                {item.proof === 'good' && item.provenAt && <p className="quiet">{relativeText(item.provenAt)}</p>}
              </td>
              <td>
                {item.state === 'done' && (
                  <Button size="compact-xs" disabled={isBusy} onClick={() => prove(item.id)}>
                    {words.prove}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
