// What the desk is arranged by: the priority matrix, and the lists that belong to it.
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call, read } from '../data/http.ts'
import { fieldOf, listAddress, recordNamed, useMe, useModel } from '../data/model.ts'
import { Problem, sentenceOf } from '../data/problem.ts'
import { sectionsWords } from '../messages/sections.ts'
import { messages } from '../messages/messages.ts'
import { Fault } from '../ui/fault.tsx'
import { say } from '../ui/toast.tsx'
import { DeskTerms, type Terms } from './desk-terms.tsx'

interface Matrix {
  impacts: string[]
  urgencies: string[]
  priorities: string[]
  cells: Record<string, Record<string, string>>
}

const words = sectionsWords.deskSettings
const key = ['screen', 'settings']
const lists = ['category', 'cannedReply', 'survey', 'target']

export function Section() {
  const model = useModel()
  const settings = useQuery({ queryKey: key, queryFn: () => read<Terms & { priorityMatrix: Matrix }>('/settings') })
  if (settings.error) return <Fault error={settings.error} again={() => void settings.refetch()} />
  const kinds = lists.flatMap((name) => recordNamed(model, name) ?? [])
  return (
    <>
      <h3>{words.matrix}</h3>
      <p className="quiet">{words.matrixHelp}</p>
      {settings.data && <MatrixEditor matrix={settings.data.priorityMatrix} />}
      <h3>{words.terms}</h3>
      <p className="quiet">{words.termsHelp}</p>
      {settings.data && <DeskTerms terms={settings.data} />}
      <h3>{words.lists}</h3>
      <ul className="plain stack" style={{ gap: 'var(--space-2)' }}>
        {kinds.map((kind) => (
          <li key={kind.name}>
            <Link to={listAddress(kind)}>{kind.labelPlural}</Link>
            <p className="quiet small">{kind.about}</p>
          </li>
        ))}
      </ul>
    </>
  )
}

function MatrixEditor({ matrix }: { matrix: Matrix }) {
  const client = useQueryClient()
  const incident = recordNamed(useModel(), 'incident')
  const may = useMe().roles.includes('administrator')
  const [cells, setCells] = useState(matrix.cells)
  const [refusal, setRefusal] = useState<unknown>(null)
  const labelOf = (field: string, value: string) =>
    (incident && fieldOf(incident, field)?.options?.find((option) => option.value === value)?.label) ?? value
  const changed = JSON.stringify(cells) !== JSON.stringify(matrix.cells)
  async function save() {
    try {
      await call('/settings', { method: 'PATCH', body: { priorityMatrix: { ...matrix, cells } } })
      setRefusal(null)
      say(words.saved)
      await client.invalidateQueries({ queryKey: key })
    } catch (error) {
      setRefusal(error)
    }
  }
  return (
    <>
      <div className="scroll-x" role="region" tabIndex={0} aria-label={words.matrix}>
        <table className="facts">
          <thead>
            <tr>
              <th>{words.impact}</th>
              {matrix.urgencies.map((urgency) => (
                <th key={urgency}>{words.urgency(labelOf('urgency', urgency))}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matrix.impacts.map((impact) => (
              <tr key={impact}>
                <th scope="row">{labelOf('impact', impact)}</th>
                {matrix.urgencies.map((urgency) => (
                  <td key={urgency}>
                    <select
                      className="text-box plain-select"
                      disabled={!may}
                      aria-label={`${labelOf('impact', impact)}, ${labelOf('urgency', urgency)}`}
                      value={cells[impact]?.[urgency] ?? ''}
                      onChange={(event) => {
                        const { value } = event.currentTarget
                        setCells((before) => ({ ...before, [impact]: { ...before[impact], [urgency]: value } }))
                      }}
                    >
                      {matrix.priorities.map((priority) => (
                        <option key={priority} value={priority}>
                          {priority}
                        </option>
                      ))}
                    </select>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {refusal !== null && (
        <p className="error-text" role="alert">
          {refusal instanceof Problem && refusal.body.errors
            ? refusal.body.errors.map((error) => error.detail).join(' ')
            : sentenceOf(refusal)}
        </p>
      )}
      {may ? (
        <div className="row">
          <Button variant="filled" disabled={!changed} onClick={() => void save()}>
            {messages.record.save}
          </Button>
          <Button disabled={!changed} onClick={() => setCells(matrix.cells)}>
            {messages.record.cancel}
          </Button>
        </div>
      ) : (
        <p className="quiet">{words.onlyAdministrators}</p>
      )}
    </>
  )
}
