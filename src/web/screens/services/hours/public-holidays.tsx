// Country and region whose public holidays close the calendar, with the holidays of a year to look at before choosing.
import { ActionIcon, Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { read } from '../../../data/http.ts'
import { sentenceOf } from '../../../data/problem.ts'
import { dayText } from '../../../fields/format.ts'
import { hoursWords } from '../../../messages/hours.ts'
import { messages } from '../../../messages/messages.ts'
import { Icon } from '../../../ui/icon.tsx'

const words = hoursWords.hours

interface Country {
  code: string
  name: string
  regions: { code: string; name: string }[]
}
export interface Place {
  country: string | null
  region: string | null
}
interface PublicHolidaysProps {
  place: Place
  onChange: (place: Place) => void
  disabled?: boolean
}

export function PublicHolidays({ place, onChange, disabled = false }: PublicHolidaysProps) {
  const countries = useQuery({
    queryKey: ['countries'],
    queryFn: () => read<{ countries: Country[] }>('/calendars/regions'),
    staleTime: Infinity,
  })
  const country = countries.data?.countries.find((one) => one.code === place.country)
  const regions = country?.regions ?? []
  return (
    <fieldset className="hours-part">
      <legend>{words.public}</legend>
      {countries.error && <p className="error-text">{sentenceOf(countries.error)}</p>}
      <div className="row hours-place">
        <Select
          label={words.country}
          data={(countries.data?.countries ?? []).map(({ code, name }) => ({ value: code, label: name }))}
          value={place.country}
          searchable
          clearable
          limit={250}
          disabled={disabled}
          nothingFoundMessage={messages.editor.nothing}
          onChange={(code) => onChange({ country: code, region: null })}
        />
        {regions.length > 0 && (
          <Select
            label={words.region}
            placeholder={words.wholeCountry}
            data={regions.map(({ code, name }) => ({ value: code, label: name }))}
            value={place.region}
            searchable
            clearable
            disabled={disabled}
            onChange={(code) => onChange({ country: place.country, region: code })}
          />
        )}
      </div>
      {place.country === null ? <p className="quiet small">{words.noCountry}</p> : <Preview place={place} />}
    </fieldset>
  )
}

function Preview({ place }: { place: Place }) {
  const [year, setYear] = useState(() => new Date().getFullYear())
  const query = new URLSearchParams({ country: place.country ?? '', region: place.region ?? '', year: String(year) })
  const holidays = useQuery({
    queryKey: ['holidays', query.toString()],
    queryFn: () => read<{ days: { on: string; name: string }[] }>(`/calendars/holidays?${query}`),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  })
  if (holidays.error) return <p className="error-text">{sentenceOf(holidays.error)}</p>
  const days = holidays.data?.days ?? []
  return (
    <div className="stack">
      <div className="row small">
        <ActionIcon aria-label={words.before} size={26} disabled={year <= 1970} onClick={() => setYear(year - 1)}>
          <Icon name="left" />
        </ActionIcon>
        <span className="number strong" aria-live="polite">
          {words.inYear(days.length, year)}
        </span>
        <ActionIcon aria-label={words.after} size={26} disabled={year >= 2100} onClick={() => setYear(year + 1)}>
          <Icon name="right" />
        </ActionIcon>
      </div>
      <ul className="plain holiday-list">
        {days.map(({ on, name }) => (
          <li key={on}>
            <span className="number quiet">{dayText(on)}</span> {name}
          </li>
        ))}
      </ul>
    </div>
  )
}
