// The last imports; each leads to its page, where it can be undone.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Row } from '../data/contract.ts'
import { addressOf, fieldOf, listAddress, recordNamed, titleOf, useModel, valueOf } from '../data/model.ts'
import { someQuery } from '../data/queries.ts'
import { Value } from '../fields/value.tsx'
import { importsWords } from '../messages/imports.ts'
import { messages } from '../messages/messages.ts'
import { FactsTable } from '../ui/facts-table.tsx'

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
        <p className="quiet">{messages.list.empty(messages.values.inSentence(kind.labelPlural))}</p>
      )}
      {rows.length > 0 && (
        <FactsTable
          label={importsWords.import.earlier}
          items={rows}
          keyOf={(row) => row.id}
          columns={[
            { label: kind.label, cell: (row) => <Link to={addressOf(kind, row.number)}>{titleOf(kind, row)}</Link> },
            ...columns.map((field) => ({
              label: field.label,
              cell: (row: Row) => <Value record={kind} field={field} value={valueOf(row, field)} />,
            })),
          ]}
        />
      )}
      <div>
        <Button renderRoot={(props) => <Link {...props} to={listAddress(kind)} />}>
          {importsWords.import.earlier}
        </Button>
      </div>
    </>
  )
}
