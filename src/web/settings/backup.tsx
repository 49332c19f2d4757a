// Backups: what there is, how old the last proof is, and when the next ones are made.
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call, read } from '../data/http.ts'
import { attempt } from '../data/writes.ts'
import { instantText, numberText, relativeText } from '../fields/format.ts'
import { backupWords as words } from '../messages/backup.ts'
import { FactsTable } from '../ui/facts-table.tsx'
import { Fault } from '../ui/fault.tsx'
import { State } from '../ui/state.tsx'
import { say } from '../ui/toast.tsx'
import './backup.css'
import { ArchiveFacts, type Archive } from './backup-archive.tsx'
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
  archive: Archive | null
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
  const { settings, fixed, place, isSameDisk, isEncrypting, isBusy, items, archive } = backups.data
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
      <h3>{words.archive.title}</h3>
      {archive ? <ArchiveFacts archive={archive} /> : <p className="quiet">{words.archive.none}</p>}
    </>
  )
}

function List({ items, isBusy, prove }: { items: Backup[]; isBusy: boolean; prove: (id: string) => void }) {
  return (
    <FactsTable
      label={words.title}
      items={items}
      keyOf={({ id }) => id}
      columns={[
        { label: words.when, cell: (item) => <span className="backup-when">{instantText(item.startedAt)}</span> },
        { label: words.state, cell: (item) => <Made item={item} /> },
        {
          label: words.size,
          isNumber: true,
          cell: ({ bytes }) => (bytes === null ? '–' : numberText(Math.round(bytes / 1e5) / 10, 'MB')),
        },
        {
          label: words.content,
          isNumber: true,
          cell: ({ items: count }) => (count === null ? '–' : numberText(count)),
        },
        { label: words.proof, cell: (item) => <Proof item={item} /> },
        {
          label: words.prove,
          isDeed: true,
          cell: ({ id, state }) =>
            state === 'done' && (
              <Button size="compact-xs" disabled={isBusy} onClick={() => prove(id)}>
                {words.prove}
              </Button>
            ),
        },
      ]}
    />
  )
}
function Made({ item }: { item: Backup }) {
  return (
    <div>
      <State tone={stateTones[item.state]}>{words.states[item.state]}</State>
      {item.because && <p className="quiet">{item.because}</p>}
      {item.unsound > 0 && <p className="quiet">{words.unsound(item.unsound)}</p>}
    </div>
  )
}
function Proof({ item }: { item: Backup }) {
  return (
    <div>
      <State tone={proofTones[item.proof ?? 'none']}>{words.proofs[item.proof ?? 'none']}</State>
      {item.proofBecause && <p className="quiet">{item.proofBecause}</p>}
      {item.proof === 'good' && item.provenAt && <p className="quiet">{relativeText(item.provenAt)}</p>}
    </div>
  )
}
