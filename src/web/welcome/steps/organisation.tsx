// Step 1: what the organisation is called, where its days and when its financial years begin, and its free days.
import { Button, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call, read } from '../../data/http.ts'
import { sentenceOf } from '../../data/problem.ts'
import { meQuery, queryClient } from '../../data/queries.ts'
import { dayPart, zones } from '../../fields/format.ts'
import { welcomeWords } from '../../messages/welcome.ts'
import { say } from '../../ui/toast.tsx'
import { OtherWays, Standing } from '../standing.tsx'

const words = welcomeWords.organisation
interface Settings {
  name: string
  timeZone: string
  financialYearBegins: number
}
const key = ['organisation']

export function Step() {
  const settings = useQuery({ queryKey: key, queryFn: () => read<Settings>('/settings') })
  return (
    <>
      {settings.data && <Form of={settings.data} />}
      <h3>{words.year}</h3>
      <p className="quiet">{words.yearText}</p>
      <Standing of="calendar" />
      <OtherWays ways={[{ to: '/desk/calendars/new', label: words.newCalendar }]} />
    </>
  )
}

function Form({ of }: { of: Settings }) {
  const [draft, setDraft] = useState({
    name: of.name,
    timeZone: of.timeZone,
    financialYearBegins: of.financialYearBegins,
  })
  const [refusal, setRefusal] = useState<unknown>(null)
  async function send(event: React.FormEvent) {
    event.preventDefault()
    setRefusal(null)
    try {
      const { body } = await call<Settings>('/settings', { method: 'PATCH', body: draft })
      queryClient.setQueryData(key, body)
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
      say(words.saved)
    } catch (error) {
      setRefusal(error)
    }
  }
  return (
    <form className="stack welcome-form" onSubmit={(event) => void send(event)}>
      <TextInput
        label={words.name}
        required
        value={draft.name}
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
      />
      <Select
        label={words.zone}
        description={words.zoneHelp}
        searchable
        limit={60}
        allowDeselect={false}
        data={zones().includes(draft.timeZone) ? zones() : [draft.timeZone, ...zones()]}
        value={draft.timeZone}
        onChange={(zone) => setDraft({ ...draft, timeZone: zone ?? draft.timeZone })}
      />
      <Select
        label={words.financialYear}
        description={words.financialYearHelp}
        allowDeselect={false}
        data={months()}
        value={String(draft.financialYearBegins)}
        onChange={(month) => setDraft({ ...draft, financialYearBegins: Number(month) || draft.financialYearBegins })}
      />
      {refusal !== null && (
        <p className="error-text" role="alert">
          {sentenceOf(refusal)}
        </p>
      )}
      <div>
        <Button type="submit">{words.save}</Button>
      </div>
    </form>
  )
}
/** January to December, as 1 to 12. */
function months(): { value: string; label: string }[] {
  return Array.from({ length: 12 }, (_, at) => {
    const first = `2026-${String(at + 1).padStart(2, '0')}-01`
    return { value: String(at + 1), label: dayPart(first, 'monthName') }
  })
}
