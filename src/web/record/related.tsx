// Records that hang on this one (tasks, links): a short list and a way to add one, drawn from their own declaration.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { Page, RecordInfo, Row } from '../data/contract.ts'
import { addressOf, bodyOf, fieldOf, titleOf, valueOf } from '../data/model.ts'
import { read } from '../data/http.ts'
import { Problem } from '../data/problem.ts'
import { attempt, write } from '../data/writes.ts'
import { Editor } from '../fields/editor.tsx'
import { Value } from '../fields/value.tsx'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { startValue } from '../form/draft.ts'
import { onQuery } from './on.ts'
import { fieldsUnderWay } from './under-way.ts'
import { wire, type Values } from './save.ts'
import { Scroll } from '../ui/scroll.tsx'

const LinkGraph = lazy(() => import('./link-graph.tsx').then(({ LinkGraph: component }) => ({ default: component })))

interface RelatedProps {
  on: RecordInfo
  row: Row
  kind: RecordInfo
  empty: string
}

export function Related({ on, row, kind, empty }: RelatedProps) {
  const query = onQuery(on, row, kind.plural)
  const related = useQuery({ queryKey: query.key, queryFn: () => bothEnds(on, row, kind) })
  const [adding, setAdding] = useState(false)
  const items = related.data ?? []
  const isRelation = kind.fields.some((field) => field.name === 'to')
  const columns = kind.list
    .filter((name) => (isRelation || name !== 'on') && name !== kind.title && name !== 'number')
    .flatMap((name) => fieldOf(kind, name) ?? [])
    .slice(0, 4)
  return (
    <div className="stack">
      {!related.isPending && items.length === 0 && <p className="quiet">{empty}</p>}
      {isRelation && items.length > 0 && (
        <Suspense fallback={null}>
          <LinkGraph on={on} row={row} kind={kind} items={items} />
        </Suspense>
      )}
      {items.length > 0 && (
        <Scroll label={kind.labelPlural}>
          <table className="facts">
            <thead>
              <tr>
                <th>{kind.label}</th>
                {columns.map((field) => (
                  <th key={field.name}>{field.label}</th>
                ))}
                <th>
                  <span className="hidden-text">{messages.list.more}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.id}>
                  <td>
                    <Link to={addressOf(kind, item.number)}>{titleOf(kind, item)}</Link>
                  </td>
                  {columns.map((field) => (
                    <td key={field.name}>
                      <Value record={kind} field={field} value={valueOf(item, field)} links />
                    </td>
                  ))}
                  <td style={{ textAlign: 'end' }}>
                    {kind.can.bin && (
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        aria-label={`${messages.record.bin}: ${titleOf(kind, item)}`}
                        onClick={() =>
                          void attempt(() =>
                            write(
                              kind.plural,
                              `/${kind.plural}/${item.id}`,
                              { method: 'DELETE', rev: item.rev ?? null },
                              messages.record.binned(item.number),
                            ),
                          )
                        }
                      >
                        <Icon name="close" size={13} />
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {adding ? (
        <AddForm on={on} row={row} kind={kind} onClose={() => setAdding(false)} />
      ) : (
        kind.can.create && (
          <div>
            <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>
              {kind.label}
            </Button>
          </div>
        )
      )}
    </div>
  )
}

function AddForm({ on, row, kind, onClose }: Omit<RelatedProps, 'empty'> & { onClose: () => void }) {
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries(kind.fields.map((field) => [field.name, startValue(field) ?? null])),
  )
  const [errors, setErrors] = useState<Record<string, string>>({})
  const fields = kind.fields
    .filter((field) => !field.stamped && field.name !== 'on' && field.kind !== 'states')
    .slice(0, 6)
  async function add(event: React.FormEvent) {
    event.preventDefault()
    const sending = fieldsUnderWay()
    if (sending.length > 0)
      return setErrors(Object.fromEntries(sending.map((name) => [name, messages.files.stillSending])))
    const filled = Object.fromEntries(
      Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
    )
    const body = { ...bodyOf(kind, wire(filled)), on: { record: on.name, id: row.id, number: row.number } }
    await attempt(async () => {
      try {
        await write(kind.plural, `/${kind.plural}`, { method: 'POST', body }, messages.form.created(kind.label))
        onClose()
      } catch (error) {
        if (error instanceof Problem) setErrors(error.byField)
        throw error
      }
    })
  }
  return (
    <form className="stack related-form" onSubmit={(event) => void add(event)}>
      {fields.map((field, at) => (
        <Editor
          key={field.name}
          field={field}
          value={values[field.name]}
          error={errors[field.name] ?? null}
          autoFocus={at === 0}
          onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button onClick={onClose}>{messages.record.cancel}</Button>
        <Button type="submit" variant="filled">
          {messages.record.save}
        </Button>
      </div>
    </form>
  )
}

/** What hangs on the record, and for relations also those that point to it. */
async function bothEnds(on: RecordInfo, row: Row, kind: RecordInfo): Promise<Row[]> {
  const filters = kind.fields.some((field) => field.name === 'to')
    ? [`on:${row.number}`, `to:${row.number}`]
    : [`on:${row.number}`]
  const pages = await Promise.all(
    filters.map((filter) => read<Page<Row>>(onQuery(on, row, kind.plural, { filter }).path)),
  )
  return pages.flatMap((page) => page.items)
}
