// The page that creates a record: its declared sections, help, who can read each answer, the server's refusals at their places.
import { Button, Checkbox } from '@mantine/core'
import { useBlocker, useNavigate, useParams, useSearch, Link } from '@tanstack/react-router'
import { Suspense, useRef, useState } from 'react'
import type { Search } from '../data/address.ts'
import type { RecordInfo, Row } from '../data/contract.ts'
import { addressOf, bodyOf, fieldOf, listAddress, useRecord } from '../data/model.ts'
import { Problem, sentenceOf } from '../data/problem.ts'
import { write } from '../data/writes.ts'
import { relativeText } from '../fields/format.ts'
import { messages } from '../messages/messages.ts'
import { wire, type Values } from '../record/save.ts'
import { fieldsUnderWay } from '../record/under-way.ts'
import { hintsOf } from '../screens/panels.ts'
import { NotFound } from '../shell/not-found.tsx'
import { Icon } from '../ui/icon.tsx'
import { useTitle } from '../ui/title.ts'
import { emptyRequired, startValues, typedFields } from './draft.ts'
import { useKeptForm } from './kept-form.ts'
import { FormSections } from './sections.tsx'
import './form.css'

const words = messages.form

export function CreatePage() {
  const { plural } = useParams({ strict: false })
  const record = useRecord(plural ?? '')
  return record?.can.create ? <CreateForm key={record.name} record={record} /> : <NotFound />
}

function CreateForm({ record }: { record: RecordInfo }) {
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const [values, setValues] = useState<Values>(() => startValues(record, search))
  const [another, setAnother] = useState(false)
  const [refusal, setRefusal] = useState<unknown>(null)
  const [missing, setMissing] = useState<Record<string, string>>({})
  const [round, setRound] = useState(0)
  const touched = useRef(false)
  const busy = useRef(false)
  useTitle(words.create(messages.values.inSentence(record.label)))
  const kept = useKeptForm(record, {
    isNew: !typedFields(record).some(({ name }) => search[name] !== undefined),
    take: (before, isFirst) => {
      setValues((now) => ({ ...now, ...before }))
      if (isFirst) setRound((n) => n + 1)
    },
  })
  // What is kept is there again: nobody has to be asked.
  useBlocker({
    shouldBlockFn: () => touched.current && !kept.isSafe() && !confirm(words.leave),
    enableBeforeUnload: () => touched.current && !kept.isSafe(),
  })
  const errors = { ...(refusal instanceof Problem ? refusal.byField : {}), ...missing }
  function change(name: string, value: unknown) {
    touched.current = true
    kept.note(name, value)
    setValues((before) => ({ ...before, [name]: value }))
    setMissing(({ [name]: _gone, ...rest }) => rest)
  }
  async function send(event: React.FormEvent) {
    event.preventDefault()
    const sending = Object.fromEntries(fieldsUnderWay().map((name) => [name, messages.files.stillSending]))
    const empty = { ...emptyRequired(record, values), ...sending }
    setMissing(empty)
    setRefusal(null)
    if (Object.keys(empty).length > 0) return focusFirst(empty)
    if (busy.current) return
    busy.current = true
    try {
      const filled = Object.fromEntries(
        Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
      )
      const { body } = await write<Row>(
        record.plural,
        `/${record.plural}`,
        { method: 'POST', body: bodyOf(record, wire(filled)) },
        words.created(record.label),
      )
      touched.current = false
      kept.drop()
      if (!another) return void navigate({ to: addressOf(record, body.number) })
      setValues(startValues(record, search))
      setRound((n) => n + 1)
    } catch (error) {
      setRefusal(error)
      if (error instanceof Problem) focusFirst(error.byField)
    } finally {
      busy.current = false
    }
  }
  function startAgain() {
    touched.current = false
    kept.drop()
    setRefusal(null)
    setMissing({})
    setValues(startValues(record, search))
    setRound((n) => n + 1)
  }
  const unplaced =
    refusal !== null &&
    !(refusal instanceof Problem && Object.keys(refusal.byField).some((name) => fieldOf(record, name)))
  return (
    <form
      className="page page-narrow create-page"
      noValidate
      onSubmit={(event) => void send(event)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit()
      }}
    >
      <nav className="crumbs" aria-label={messages.shell.where}>
        <ol>
          <li>
            <Link to={listAddress(record)} activeOptions={{ exact: true }}>
              {record.labelPlural}
            </Link>
          </li>
          <li aria-current="page">{words.create(messages.values.inSentence(record.label))}</li>
        </ol>
      </nav>
      <header>
        <h1>{words.create(messages.values.inSentence(record.label))}</h1>
        <p className="quiet">{record.about}</p>
        {kept.since !== null && (
          <p className="row form-kept">
            <Icon name="edit" size={14} />
            <span>{messages.unsent.form(relativeText(kept.since))}</span>
            <Button size="compact-xs" onClick={startAgain}>
              {messages.unsent.drop}
            </Button>
          </p>
        )}
      </header>
      {Object.keys(errors).length > 0 && (
        <p role="alert" className="error-text">
          {words.wrong(Object.keys(errors).length)}
        </p>
      )}
      {unplaced && (
        <p role="alert" className="error-text">
          {sentenceOf(refusal)}
        </p>
      )}
      <FormSections key={round} record={record} values={values} errors={errors} onChange={change} />
      <aside className="form-hints" aria-label={words.hints}>
        {hintsOf(record).map(({ component: Hint }, at) => (
          <Suspense key={at} fallback={null}>
            <Hint row={null} values={values} fields={typedFields(record).map((field) => field.name)} set={change} />
          </Suspense>
        ))}
      </aside>
      <footer className="row form-foot">
        <Button type="submit" variant="filled">
          {words.save(messages.values.inSentence(record.label))}
        </Button>
        <Button onClick={() => history.back()}>{words.cancel}</Button>
        <Checkbox
          label={words.another}
          checked={another}
          onChange={(event) => setAnother(event.currentTarget.checked)}
        />
      </footer>
    </form>
  )
}

function focusFirst(errors: Record<string, string>) {
  const [name] = Object.keys(errors)
  if (name) setTimeout(() => document.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)?.focus())
}
