// The last imports; each leads to its page, where it can be undone.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { addressOf, fieldOf, listAddress, recordNamed, titleOf, useModel, valueOf } from '../data/model.ts'
import { someQuery } from '../data/queries.ts'
import { Value } from '../fields/value.tsx'
import { messages } from '../messages/messages.ts'
import { Scroll } from '../ui/scroll.tsx'

const shown = ['record', 'state', 'rows', 'createdBy', 'createdAt']

export function Section() {
  const kind = recordNamed(useModel(), 'importBatch')
  const found = useQuery({ ...someQuery('imports', { sort: '-createdAt', limit: '20' }), enabled: kind !== null })
  if (!kind) return <p className="quiet">{messages.errors.notFound}</p>
  const columns = shown.flatMap((name) => fieldOf(kind, name) ?? [])
  const rows = found.data?.items ?? []
  return (
    <>
      <p className="quiet">{kind.about}</p>
      {found.data && rows.length === 0 && (
        <p className="quiet">{messages.list.empty(kind.labelPlural.toLowerCase())}</p>
      )}
      {rows.length > 0 && (
        <Scroll label={messages.import.earlier}>
          <table className="facts">
            <thead>
              <tr>
                <th>{kind.label}</th>
                {columns.map((field) => (
                  <th key={field.name}>{field.label}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td>
                    <Link to={addressOf(kind, row.number)}>{titleOf(kind, row)}</Link>
                  </td>
                  {columns.map((field) => (
                    <td key={field.name}>
                      <Value record={kind} field={field} value={valueOf(row, field)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <div>
        <Button renderRoot={(props) => <Link {...props} to={listAddress(kind)} />}>{messages.import.earlier}</Button>
      </div>
    </>
  )
}
