// For administrators, on a person's page: everything that is kept about them, put together to be handed over.
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { PackageShown } from '#kit/routes/access-packages.ts'
import { call, read } from '../../data/http.ts'
import { attempt } from '../../data/writes.ts'
import { instantText } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import { retentionWords as words } from '../../messages/retention.ts'
import { Fault } from '../../ui/fault.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { State } from '../../ui/state.tsx'
import { say } from '../../ui/toast.tsx'
import type { PanelProps } from '../panels.ts'
import { Erasure } from './erasure.tsx'

const tones = { waiting: 'info', made: 'good', expired: 'none' } as const

export function Panel(props: PanelProps) {
  return (
    <div className="stack">
      <AccessPackages {...props} />
      <Erasure {...props} />
    </div>
  )
}

function AccessPackages({ row }: PanelProps) {
  const client = useQueryClient()
  const key = ['access-packages', row.id]
  const found = useQuery({
    queryKey: key,
    queryFn: () => read<{ items: PackageShown[] }>(`/admin/access-packages?person=${row.id}`),
    refetchInterval: 3_000,
  })
  async function ask() {
    if (await attempt(() => call(`/persons/${row.id}/access-package`, { method: 'POST', body: {} }))) say(words.asked)
    await client.invalidateQueries({ queryKey: key })
  }
  if (found.error) return <Fault error={found.error} again={() => void found.refetch()} />
  return (
    <section className="stack" aria-labelledby="access-package">
      <h2 id="access-package">{words.packages}</h2>
      <p className="quiet">{words.packagesAbout}</p>
      <div>
        <Button onClick={() => void ask()}>{words.ask}</Button>
      </div>
      {found.data && found.data.items.length > 0 && <Packages items={found.data.items} />}
      {!found.data && <p className="quiet">{messages.list.loading}</p>}
    </section>
  )
}

function Packages({ items }: { items: PackageShown[] }) {
  return (
    <Scroll label={words.packages}>
      <table className="facts">
        <thead>
          <tr>
            <th>{words.when}</th>
            <th>{words.askedBy}</th>
            <th>{words.state}</th>
            <th>{words.content}</th>
            <th>
              <span className="hidden-text">{words.fetch}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <td className="number">{instantText(item.askedAt)}</td>
              <td>{item.askedBy}</td>
              <td>
                <State tone={tones[stateOf(item)]}>{words.packageStates[stateOf(item)]}</State>
              </td>
              <td className="quiet">{item.state === 'made' && words.contentOf(item.records, item.withheld)}</td>
              <td>{item.state === 'made' && <Fetch item={item} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
function stateOf({ state }: PackageShown): keyof typeof tones {
  return state === 'made' || state === 'expired' ? state : 'waiting'
}
function Fetch({ item }: { item: PackageShown }) {
  if (!item.isMine) return <span className="quiet">{words.notYours}</span>
  return (
    <>
      <a
        href={`/api/v1/admin/access-packages/${item.id}/content`}
        download
        aria-label={words.fetchOf(instantText(item.askedAt))}
      >
        {words.fetch}
      </a>{' '}
      <span className="quiet small">{words.until(instantText(item.expiresAt))}</span>
    </>
  )
}
