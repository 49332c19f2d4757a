// The calculator: if it came in then, when would it be due, and why. The question stands in the address.
import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { Search } from '../../data/address.ts'
import { call } from '../../data/http.ts'
import { recordNamed, useModel } from '../../data/model.ts'
import { sentenceOf } from '../../data/problem.ts'
import { someQuery } from '../../data/queries.ts'
import { fromLocalInput, localInput, personZone } from '../../fields/format.ts'
import { hoursWords } from '../../messages/hours.ts'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { useTitle } from '../../ui/title.ts'
import { DueAnswer, type Preview } from './due-answer.tsx'
import './calculator.css'

const words = hoursWords.calculator
type Unit = keyof typeof words.units
const seconds = { minutes: 60, hours: 3600 }

interface Question {
  calendar: string | null
  from: string
  amount: string
  unit: Unit
  endOfDay: boolean
}

function questionIn(search: Search): Question {
  const unit = search['unit']
  const now = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString()
  return {
    calendar: search['calendar'] ?? null,
    from: search['at'] ?? now,
    amount: search['amount'] ?? '8',
    unit: unit === 'minutes' || unit === 'days' ? unit : 'hours',
    endOfDay: search['end'] === 'day',
  }
}

/** Null while the amount is no number. */
function bodyOf({ calendar, from, amount, unit, endOfDay }: Question): Record<string, unknown> | null {
  const value = Number(amount.replace(',', '.'))
  if (calendar === null || !(value > 0)) return null
  if (unit === 'days') return { calendarId: calendar, from, workingDays: Math.round(value), endOfDay }
  return { calendarId: calendar, from, workingSeconds: Math.round(value * seconds[unit]) }
}

export function Screen() {
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const calendars = useQuery(someQuery('calendars', { sort: 'name', limit: '200', fields: 'name,timeZone' }))
  const items = calendars.data?.items ?? []
  const asked = questionIn(search)
  const question = { ...asked, calendar: asked.calendar ?? items[0]?.number ?? null }
  const [body] = useDebouncedValue(JSON.stringify(bodyOf(question)), 200)
  const answer = useQuery({
    queryKey: ['calculator', body],
    queryFn: async () => (await call<Preview>('/calendars/preview', { method: 'POST', body: JSON.parse(body) })).body,
    enabled: body !== 'null',
    placeholderData: keepPreviousData,
  })
  useTitle(words.title)
  const set = (change: Search) =>
    void navigate({ to: '.', search: { ...search, at: question.from, ...change }, replace: true })
  if (calendars.error) return <Fault error={calendars.error} again={() => void calendars.refetch()} />
  if (calendars.data && items.length === 0) return <NoCalendar />
  const zone = items.find((one) => one.number === question.calendar)?.['timeZone']
  return (
    <div className="page calculator">
      <header>
        <h1>{words.title}</h1>
        <p className="quiet">{words.about}</p>
      </header>
      <div className="calculator-columns">
        <QuestionForm
          question={question}
          set={set}
          calendars={items.map((one) => ({ value: one.number, label: String(one['name']) }))}
        />
        <section className="panel" aria-label={words.due} aria-live="polite">
          {answer.error && <p className="error-text">{sentenceOf(answer.error)}</p>}
          {body === 'null' && <p className="quiet">{question.calendar === null ? words.choose : words.amountWrong}</p>}
          {answer.isLoading && <p className="quiet">{words.waiting}</p>}
          {answer.data && !answer.error && body !== 'null' && (
            <DueAnswer answer={answer.data} zone={typeof zone === 'string' ? zone : personZone()} />
          )}
        </section>
      </div>
    </div>
  )
}

interface FormProps {
  question: Question
  set: (change: Search) => void
  calendars: { value: string; label: string }[]
}

function QuestionForm({ question, set, calendars }: FormProps) {
  return (
    <form className="panel stack" onSubmit={(event) => event.preventDefault()}>
      <Select
        label={words.calendar}
        data={calendars}
        value={question.calendar}
        searchable
        allowDeselect={false}
        onChange={(calendar) => set({ calendar: calendar ?? undefined })}
      />
      <div className="row calculator-from">
        <TextInput
          type="datetime-local"
          label={words.from}
          description={words.zone(personZone())}
          value={localInput(question.from)}
          onChange={(event) => {
            const at = fromLocalInput(event.currentTarget.value)
            if (at !== null) set({ at })
          }}
        />
        <Button onClick={() => set({ at: new Date().toISOString() })}>{words.now}</Button>
      </div>
      <div className="row calculator-amount">
        <TextInput
          label={words.amount}
          value={question.amount}
          inputMode="decimal"
          maxLength={8}
          onChange={(event) => set({ amount: event.currentTarget.value })}
        />
        <Select
          label={words.unit}
          data={Object.entries(words.units).map(([value, label]) => ({ value, label }))}
          value={question.unit}
          allowDeselect={false}
          onChange={(unit) => set({ unit: unit ?? undefined })}
        />
      </div>
      {question.unit === 'days' && (
        <Checkbox
          label={words.endOfDay}
          checked={question.endOfDay}
          onChange={(event) => set({ end: event.currentTarget.checked ? 'day' : undefined })}
        />
      )}
    </form>
  )
}

function NoCalendar() {
  const record = recordNamed(useModel(), 'calendar')
  return (
    <div className="page">
      <h1>{words.title}</h1>
      <Empty title={words.noneTitle} text={words.none}>
        {record?.can.create && (
          <Button variant="filled" renderRoot={(props) => <Link {...props} to="/desk/calendars/new" />}>
            {words.add}
          </Button>
        )}
      </Empty>
    </div>
  )
}
