// On a person's page: their roles, what they may do and why, and a way to see Pilothouse as they do.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Textarea } from '@mantine/core'
import { call, read } from '../data/http.ts'
import { useMe } from '../data/model.ts'
import { attempt } from '../data/writes.ts'
import { accessWords as words } from '../messages/access.ts'
import type { PanelProps } from '../screens/panels.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Fault } from '../ui/fault.tsx'
import { Scroll } from '../ui/scroll.tsx'
import type { Deed, Grant, PersonAccess, Why } from './contract.ts'
import { GrantForm } from './grant-form.tsx'
import { GrantTable, grantsKey } from './grant-table.tsx'

const deeds: Deed[] = ['read', 'create', 'update', 'bin']

export function Panel({ row }: PanelProps) {
  const me = useMe()
  const isExplained = me.person?.id === row.id || me.roles.some((role) => ['administrator', 'auditor'].includes(role))
  const access = useQuery({
    queryKey: [...grantsKey, row.id],
    queryFn: () => read<PersonAccess>(`/access/persons/${row.id}`),
    enabled: isExplained,
  })
  const held = useQuery({
    queryKey: [...grantsKey, row.id, 'held'],
    queryFn: () => read<{ items: Grant[] }>(`/grants?person=P-${row.id}`),
  })
  if (access.error) return <Fault error={access.error} again={() => void access.refetch()} />
  const person = { id: row.id, number: row.number, title: String(row['name']) }
  const isOther = me.person?.id !== row.id
  return (
    <div className="stack">
      {held.data && <GrantTable grants={held.data.items} withPerson={false} />}
      {row['status'] === 'active' && <GrantForm person={person} />}
      {isOther && me.roles.includes('administrator') && row['status'] === 'active' && <ViewAs person={person.id} />}
      {access.data && (access.data.isHere ? <May access={access.data} /> : <p className="quiet">{words.left}</p>)}
    </div>
  )
}

function May({ access }: { access: PersonAccess }) {
  return (
    <section className="stack" aria-labelledby="may-do">
      <h3 id="may-do">{words.mayTitle}</h3>
      <p className="quiet">{words.mayAbout(access.ceiling)}</p>
      <Scroll label={words.mayTitle}>
        <table className="facts">
          <thead>
            <tr>
              <th>{words.kind}</th>
              {deeds.map((deed) => (
                <th key={deed}>{words.deeds[deed]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {access.records.map((record) => (
              <tr key={record.record}>
                <th scope="row">
                  {record.label}
                  {record.hidden.length > 0 && (
                    <div className="quiet small">{words.hidden(record.hidden.join(', '))}</div>
                  )}
                </th>
                {deeds.map((deed) => (
                  <td key={deed}>
                    <Extent why={record.may[deed]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}
function Extent({ why }: { why: Why }) {
  if (why.extent === 'none') return <span className="quiet">{words.extents.none}</span>
  return (
    <>
      <span>{words.extents[why.extent]}</span>
      {why.because.map((one) => (
        <div key={one} className="quiet small">
          {one}
        </div>
      ))}
    </>
  )
}

function ViewAs({ person }: { person: number }) {
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  async function begin(event: React.FormEvent) {
    event.preventDefault()
    const body = { person, reason: reason.trim() }
    // Everything on the screen was read as somebody else: it is read again from the beginning.
    if (await attempt(() => call('/view-as', { method: 'POST', body }))) location.assign('/')
  }
  return (
    <div>
      <Button onClick={() => setOpen(true)}>{words.viewAs}</Button>
      {isOpen && (
        <Dialog title={words.viewAs} size={480} onClose={() => setOpen(false)}>
          <form className="stack" onSubmit={(event) => void begin(event)}>
            <p className="quiet">{words.viewAsAbout}</p>
            <Textarea
              label={words.reason}
              value={reason}
              required
              minLength={3}
              maxLength={500}
              data-autofocus
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <div>
              <Button type="submit" variant="filled" disabled={reason.trim().length < 3}>
                {words.begin}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </div>
  )
}
