// Everything open that names a person, and handing over what is ticked.
import { Button, Checkbox } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { FieldInfo } from '../../data/contract.ts'
import { read } from '../../data/http.ts'
import { addressOf, recordNamed, useModel } from '../../data/model.ts'
import { attempt, write } from '../../data/writes.ts'
import { isRef } from '../../fields/format.ts'
import { Editor } from '../../fields/late-editor.tsx'
import { messages } from '../../messages/messages.ts'
import { signInWords } from '../../messages/sign-in.ts'
import { Fault } from '../../ui/fault.tsx'
import type { PanelProps } from '../panels.ts'

interface Group {
  record: string
  label: string
  field: string
  fieldLabel: string
  count: number
  isMore: boolean
  mayHandOver: boolean
  items: { id: number; number: string; title: string }[]
}
interface Result {
  done: number
  failed: { number: string; because: string }[]
}

const words = signInWords.hand
const heir: FieldInfo = {
  name: 'to',
  get label() {
    return words.to
  },
  kind: 'ref',
  to: 'person',
  required: true,
}
const nameOf = (group: Group) => `${group.record}.${group.field}`

export function Panel({ record, row }: PanelProps) {
  const client = useQueryClient()
  const key = ['in-hand', row.id]
  const found = useQuery({
    queryKey: key,
    queryFn: () => read<{ groups: Group[] }>(`/${record.plural}/${row.id}/in-hand`),
  })
  const [to, setTo] = useState<unknown>(null)
  const [ticked, setTicked] = useState<string[]>([])
  const [failed, setFailed] = useState<Result['failed']>([])
  if (found.error) return <Fault error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <p className="quiet">{messages.list.loading}</p>
  const { groups } = found.data
  if (groups.length === 0) return <p className="quiet">{words.none}</p>
  async function handOver(event: React.FormEvent) {
    event.preventDefault()
    if (!isRef(to)) return
    const what = groups
      .filter((group) => ticked.includes(nameOf(group)))
      .map(({ record, field }) => ({ record, field }))
    const body = { to: to.id, what }
    await attempt(async () => {
      const answer = await write<Result>(record.plural, `/${record.plural}/${row.id}/hand-over`, { method: 'POST', body }, ({ done }) => words.done(done)) // oxfmt-ignore
      setFailed(answer.body.failed)
      setTicked([])
    })
    await client.invalidateQueries({ queryKey: key })
  }
  return (
    <div className="stack">
      <p className="quiet">{words.about(String(row['name'] ?? row.number))}</p>
      <Checkbox.Group value={ticked} onChange={setTicked} aria-label={words.tab}>
        <div className="stack">
          {groups.map((group) => (
            <GroupBox key={nameOf(group)} group={group} />
          ))}
        </div>
      </Checkbox.Group>
      {failed.length > 0 && (
        <div role="alert">
          <p>{words.failed}</p>
          <ul>
            {failed.slice(0, 20).map((one) => (
              <li key={one.number}>
                {one.number}: {one.because}
              </li>
            ))}
          </ul>
        </div>
      )}
      {groups.some((group) => group.mayHandOver) && (
        <form className="stack" style={{ maxInlineSize: 420 }} onSubmit={(event) => void handOver(event)}>
          <Editor field={heir} value={to} onChange={setTo} />
          <div>
            <Button type="submit" variant="filled" disabled={!isRef(to) || ticked.length === 0}>
              {words.some}
            </Button>
          </div>
        </form>
      )}
    </div>
  )
}

function GroupBox({ group }: { group: Group }) {
  const record = recordNamed(useModel(), group.record)
  const label = `${words.group(group.label, group.fieldLabel)} (${group.isMore ? `${words.over} ` : ''}${group.count})`
  return (
    <div>
      {group.mayHandOver ? <Checkbox value={nameOf(group)} label={label} /> : <p className="strong">{label}</p>}
      <ul className="plain in-hand-list">
        {group.items.map((item) => (
          <li key={item.id}>
            {record ? <Link to={addressOf(record, item.number)}>{item.number}</Link> : item.number} {item.title}
          </li>
        ))}
        {group.count > group.items.length && <li className="quiet">{words.more(group.count - group.items.length)}</li>}
      </ul>
    </div>
  )
}
