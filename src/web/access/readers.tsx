// On any record, for administrators and auditors: who can see it, and why. Asked for when somebody wants to know.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RecordInfo, Row } from '../data/contract.ts'
import { read } from '../data/http.ts'
import { useMe } from '../data/model.ts'
import { accessWords as words } from '../messages/access.ts'
import { Fault } from '../ui/fault.tsx'
import { Scroll } from '../ui/scroll.tsx'
import type { Readers } from './contract.ts'

export function ReadersOf({ record, row }: { record: RecordInfo; row: Row }) {
  const isExplained = useMe().roles.some((role) => ['administrator', 'auditor'].includes(role))
  const [isAsked, ask] = useState(false)
  const readers = useQuery({
    queryKey: ['screen', 'readers', record.name, row.id],
    queryFn: () => read<Readers>(`/access/records/${record.name}/${row.id}`),
    enabled: isExplained && isAsked,
  })
  if (!isExplained) return null
  if (readers.error) return <Fault error={readers.error} again={() => void readers.refetch()} />
  if (!readers.data)
    return (
      <div>
        <Button loading={isAsked} onClick={() => ask(true)}>
          {words.readersShow}
        </Button>
      </div>
    )
  const { everyone, readers: found, total } = readers.data
  return (
    <section className="stack" aria-labelledby="readers">
      <h3 id="readers">{words.readers}</h3>
      {everyone && <p>{words.everyone}</p>}
      <Scroll label={words.readers}>
        <table className="facts">
          <thead>
            <tr>
              <th>{words.person}</th>
              <th>{words.may}</th>
              <th>{words.because}</th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ person, may, because }) => (
              <tr key={person.id}>
                <td>{person.title}</td>
                <td>{may.map((deed) => words.deeds[deed]).join(', ')}</td>
                <td>{because.join(' ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {total > found.length && <p className="quiet">{words.more(found.length, total)}</p>}
    </section>
  )
}
