// Step 3: which column feeds which field, suggested by the server; the key decides what is updated and what is new.
import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import type { FieldInfo, RecordInfo } from '../data/contract.ts'
import { call } from '../data/http.ts'
import { allFields } from '../data/model.ts'
import { attempt } from '../data/writes.ts'
import { importsWords } from '../messages/imports.ts'
import type { ImportInfo, Mapping } from './contract.ts'
import type { StepProps } from './import-page.tsx'
import { Scroll } from '../ui/scroll.tsx'

const words = importsWords.import
const notTyped = new Set(['createdBy', 'updatedBy', 'updatedAt'])

export function importable(record: RecordInfo): FieldInfo[] {
  return allFields(record).filter((field) => !notTyped.has(field.name) && field.kind !== 'attachment')
}

/** What the server could map comes first, then what is needed. */
function rank(field: FieldInfo, mapping: Mapping | null): number {
  if (mapping?.columns[field.name]) return 0
  return field.required && !field.stamped ? 1 : 2
}

export function MappingStep({ record, info, setInfo, go }: StepProps) {
  const [mapping, setMapping] = useState<Mapping>(info.mapping ?? { key: null, columns: {} })
  const [ready, setReady] = useState<string | null>(null)
  const columns = (info.found?.columns ?? []).map((column) => column.name)
  const fields = importable(record).toSorted((one, other) => rank(one, info.mapping) - rank(other, info.mapping))
  const samplesOf = (name: string | undefined) =>
    info.found?.columns
      .find((column) => column.name === name)
      ?.samples.slice(0, 2)
      .join(' · ')
  const missing = fields.filter(
    (field) => field.required && !field.stamped && field.default === undefined && !mapping.columns[field.name],
  )
  function set(field: FieldInfo, column: string | null) {
    const { [field.name]: before, ...others } = mapping.columns
    setMapping({ ...mapping, columns: column === null ? others : { ...others, [field.name]: { ...before, column } } })
  }
  async function useReady(name: string | null) {
    setReady(name)
    if (name === null) return setMapping(info.mapping ?? { key: null, columns: {} })
    await attempt(async () => {
      const { body } = await call<ImportInfo>(`/imports/${info.id}`, { method: 'PATCH', body: { readyMapping: name } })
      setInfo({ ...info, ...body })
      if (body.mapping) setMapping(body.mapping)
    })
  }
  async function check() {
    await attempt(async () => {
      if (ready === null) await call(`/imports/${info.id}`, { method: 'PATCH', body: { mapping } })
      await call(`/imports/${info.id}/dryrun`, { method: 'POST' })
      setInfo({ ...info, mapping })
      go(3)
    })
  }
  return (
    <>
      <section className="panel import-key">
        {(info.readyMappings ?? []).length > 0 && (
          <Select
            label={words.ready}
            description={words.readyHelp}
            placeholder={words.readyNone}
            clearable
            data={(info.readyMappings ?? []).map(({ name, label }) => ({ value: name, label }))}
            value={ready}
            onChange={(name) => void useReady(name)}
          />
        )}
        <Select
          label={words.key}
          description={words.keyHelp}
          placeholder={words.keyNone}
          clearable
          data={fields
            .filter((field) => mapping.columns[field.name])
            .map((field) => ({ value: field.name, label: field.label }))}
          value={mapping.key}
          onChange={(key) => {
            setReady(null)
            setMapping({ ...mapping, key })
          }}
        />
      </section>
      <Scroll label={words.field}>
        <table className="facts import-mapping">
          <thead>
            <tr>
              <th>{words.field}</th>
              <th>{words.fromColumn}</th>
              <th>{words.samples}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => {
              const column = mapping.columns[field.name]?.column
              return (
                <tr key={field.name}>
                  <th scope="row">
                    {field.label}
                    {field.required && !field.stamped && <span className="quiet"> · {words.needed}</span>}
                  </th>
                  <td>
                    <Select
                      aria-label={field.label}
                      data={columns}
                      value={column ?? null}
                      clearable
                      searchable
                      placeholder={words.notImported}
                      onChange={(name) => {
                        setReady(null)
                        set(field, name)
                      }}
                    />
                  </td>
                  <td className="quiet">{samplesOf(column)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </Scroll>
      <footer className="row">
        <Button onClick={() => go(1)}>{words.back}</Button>
        <Button variant="filled" disabled={Object.keys(mapping.columns).length === 0} onClick={() => void check()}>
          {words.check}
        </Button>
        {missing.length > 0 && (
          <span className="error-text">
            {missing.map((field) => field.label).join(', ')}: {words.needed}
          </span>
        )}
      </footer>
    </>
  )
}
