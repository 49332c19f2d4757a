// The administrator's own fields are records like any other: this leads to their list and their form.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Row } from '../data/contract.ts'
import { addressOf, fieldOf, listAddress, titleOf, useModel, valueOf } from '../data/model.ts'
import { someQuery } from '../data/queries.ts'
import { Value } from '../fields/value.tsx'
import { sectionsWords } from '../messages/sections.ts'
import { messages } from '../messages/messages.ts'
import { FactsTable } from '../ui/facts-table.tsx'

const words = sectionsWords.customFields

export function Section() {
  const kind = useModel().records.find((record) => record.plural === 'customfields')
  const fields =
    useQuery({ ...someQuery('customfields', { limit: '100' }), enabled: kind !== undefined }).data?.items ?? []
  if (!kind) return <p className="quiet">{messages.errors.notFound}</p>
  const columns = kind.list
    .filter((name) => name !== kind.title && name !== 'number')
    .flatMap((name) => fieldOf(kind, name) ?? [])
  return (
    <>
      <p className="quiet">{words.about}</p>
      <div className="row">
        {kind.can.create && (
          <Button variant="filled" renderRoot={(props) => <Link {...props} to={`${listAddress(kind)}/new`} />}>
            {words.create}
          </Button>
        )}
        <Button renderRoot={(props) => <Link {...props} to={listAddress(kind)} />}>{words.open}</Button>
      </div>
      {fields.length === 0 ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <FactsTable
          label={messages.settings.customFields}
          items={fields}
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
    </>
  )
}
