// Step 2: what the server found in the file. What it guessed wrongly is corrected here, before anything is mapped.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { call } from '../data/http.ts'
import { sentenceOf } from '../data/problem.ts'
import { numberText } from '../fields/format.ts'
import { importsWords } from '../messages/imports.ts'
import { Scroll } from '../ui/scroll.tsx'
import type { ImportInfo } from './contract.ts'
import type { StepProps } from './import-page.tsx'
import { EncodingField, SeparatorField, SheetField, type Reading } from './reading.tsx'

const words = importsWords.import

export function FoundStep({ info, setInfo, go }: StepProps) {
  const [reading, setReading] = useState<Reading>({})
  const [isReading, setIsReading] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const found = info.found
  if (!found) return null
  /** What the person has not said is found out anew: another encoding may show another separator. */
  async function read(said: Reading) {
    const wanted = { ...reading, ...said }
    setIsReading(true)
    setRefusal(null)
    try {
      const { body } = await call<ImportInfo>(`/imports/${info.id}`, { method: 'PATCH', body: { reading: wanted } })
      setReading(wanted)
      setInfo(body)
    } catch (error) {
      setRefusal(sentenceOf(error))
    }
    setIsReading(false)
  }
  const isText = found.format !== 'xlsx'
  return (
    <>
      <section className="panel stack" aria-label={words.readAs}>
        <div className="import-reading">
          {isText && (
            <EncodingField
              value={found.encoding}
              disabled={isReading}
              onChange={(encoding) => void read({ encoding })}
            />
          )}
          {found.separator !== null && (
            <SeparatorField
              value={found.separator}
              disabled={isReading}
              onChange={(separator) => void read({ separator })}
            />
          )}
          {found.sheets.length > 1 && (
            <SheetField
              value={found.sheet}
              sheets={found.sheets}
              disabled={isReading}
              onChange={(sheet) => void read({ sheet })}
            />
          )}
          <dl className="import-facts">
            <Fact label={words.format} value={found.format.toUpperCase()} />
            {found.sheets.length === 1 && <Fact label={words.sheet} value={found.sheet ?? ''} />}
            <Fact label={words.rows} value={numberText(found.rows)} />
          </dl>
        </div>
        <p className="quiet small">{words.readAsHelp}</p>
        {found.mixed && <p role="status">{words.mixed(found.mixed.lines, numberText(found.mixed.firstLine))}</p>}
        {refusal && (
          <p className="error-text" role="alert">
            {refusal}
          </p>
        )}
      </section>
      <Preview found={found} />
      <footer className="row">
        <Button onClick={() => go(0)}>{words.back}</Button>
        <Button variant="filled" disabled={isReading} onClick={() => go(2)}>
          {words.next}
        </Button>
      </footer>
    </>
  )
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="number">{value}</dd>
    </div>
  )
}

function Preview({ found }: { found: NonNullable<ImportInfo['found']> }) {
  return (
    <Scroll label={words.column}>
      <table className="facts" aria-live="polite">
        <thead>
          <tr>
            <th>{words.column}</th>
            <th>{words.samples}</th>
          </tr>
        </thead>
        <tbody>
          {found.columns.map((column) => (
            <tr key={column.name}>
              <th scope="row">{column.name}</th>
              <td className="quiet">{column.samples.slice(0, 3).join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
