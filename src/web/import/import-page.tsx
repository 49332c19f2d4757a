// The import wizard: file, what was found, columns, check without writing, result. One can go back at every step; the whole can be undone.
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { RecordInfo } from '../data/contract.ts'
import { linkTo } from '../data/link.ts'
import { listAddress, recordNamed, useModel, useRecord } from '../data/model.ts'
import { importsWords } from '../messages/imports.ts'
import { messages } from '../messages/messages.ts'
import { NotFound } from '../shell/not-found.tsx'
import { useTitle } from '../ui/title.ts'
import { CheckStep } from './check-step.tsx'
import type { ImportInfo } from './contract.ts'
import { FileStep } from './file-step.tsx'
import { FoundStep } from './found-step.tsx'
import { MappingStep } from './mapping-step.tsx'
import { ResultStep } from './result-step.tsx'
import './import.css'

const words = importsWords.import

export function ImportPage() {
  const { plural } = useParams({ strict: false })
  const record = useRecord(plural ?? '')
  return record?.can.import ? <Wizard key={record.name} record={record} /> : <NotFound />
}

export interface StepProps {
  record: RecordInfo
  info: ImportInfo
  setInfo: (info: ImportInfo) => void
  go: (step: number) => void
}

function EarlierImports({ of }: { of: RecordInfo }) {
  const imports = recordNamed(useModel(), 'importBatch')
  if (imports === null) return null
  return (
    <Link {...linkTo(listAddress(imports, `filter=${encodeURIComponent(`record:${of.name}`)}`))}>{words.earlier}</Link>
  )
}

function Wizard({ record }: { record: RecordInfo }) {
  const [step, setStep] = useState(0)
  const [info, setInfo] = useState<ImportInfo | null>(null)
  const title = words.title(messages.values.inSentence(record.labelPlural))
  useTitle(title)
  const props = info && { record, info, setInfo, go: setStep }
  return (
    <div className="page import-page">
      <nav className="crumbs" aria-label={messages.shell.where}>
        <ol>
          <li>
            <Link to={listAddress(record)} activeOptions={{ exact: true }}>
              {record.labelPlural}
            </Link>
          </li>
          <li aria-current="page">{messages.list.import}</li>
        </ol>
      </nav>
      <header className="spread">
        <h1>{title}</h1>
        {step === 0 && <EarlierImports of={record} />}
      </header>
      <ol className="import-steps plain">
        {words.steps.map((label, at) => (
          <li key={label} aria-current={at === step ? 'step' : undefined} data-done={at < step || undefined}>
            <span className="number">{at + 1}</span>
            {label}
          </li>
        ))}
      </ol>
      {!props || step === 0 ? (
        <FileStep
          record={record}
          onFound={(found) => {
            setInfo(found)
            setStep(1)
          }}
        />
      ) : null}
      {props && step === 1 && <FoundStep {...props} />}
      {props && step === 2 && <MappingStep {...props} />}
      {props && step === 3 && <CheckStep {...props} />}
      {props && step === 4 && <ResultStep {...props} />}
    </div>
  )
}
