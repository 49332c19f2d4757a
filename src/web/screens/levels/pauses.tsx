// The pauses of a service level: read as sentences, edited as a form.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { recordNamed, useModel } from '../../data/model.ts'
import { sentenceOf } from '../../data/problem.ts'
import { messages } from '../../messages/messages.ts'
import { Conflict } from '../../record/conflict.tsx'
import { useSave } from '../../record/save.ts'
import type { PanelProps } from '../panels.ts'
import { PausesEditor } from './pauses-editor.tsx'
import { pauseInWords, pausesIn, type Pause } from './pauses-contract.ts'

const words = messages.pauses

export function Pauses({ record, row }: PanelProps) {
  const incident = recordNamed(useModel(), 'incident')
  const saving = useSave(record, row)
  const [seen, setSeen] = useState(row)
  const [draft, setDraft] = useState<Pause[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const pauses = pausesIn(row['pauses'])
  if (!incident) return null
  async function save() {
    try {
      if ((await saving.save({ pauses: draft ?? [] }, words.saved, seen)) === 'saved') setDraft(null)
      setProblem(null)
    } catch (error) {
      setProblem(sentenceOf(error))
    }
  }
  return (
    <section className="stack pauses" aria-labelledby="pauses">
      <div>
        <h2 id="pauses">{words.title}</h2>
        <p className="quiet small">{words.about}</p>
      </div>
      {draft === null ? (
        <>
          {pauses.length === 0 && <p className="small">{words.none}</p>}
          <ul className="plain">
            {pauses.map((pause, at) => (
              <li key={at}>{pauseInWords(pause, incident)}</li>
            ))}
          </ul>
          {(row.can?.update ?? record.can.update) && (
            <div>
              <Button
                onClick={() => {
                  setSeen(row)
                  setDraft(pauses)
                }}
              >
                {words.edit}
              </Button>
            </div>
          )}
        </>
      ) : (
        <>
          <PausesEditor pauses={draft} record={incident} onChange={setDraft} />
          {problem && (
            <p role="alert" className="error-text">
              {problem}
            </p>
          )}
          <div className="row">
            <Button variant="filled" onClick={() => void save()}>
              {words.save}
            </Button>
            <Button
              onClick={() => {
                setDraft(null)
                setProblem(null)
              }}
            >
              {words.discard}
            </Button>
          </div>
        </>
      )}
      <Conflict record={record} saving={saving} />
    </section>
  )
}
