// The days off of the business calendar: the first calendar that names a country.
import { useQueries, useQuery } from '@tanstack/react-query'
import { read } from '../data/http.ts'
import { someQuery } from '../data/queries.ts'

interface Answer {
  days: { on: string; name: string }[]
}

/** Names by day; empty where there is no such calendar, or until it is known. */
export function useHolidays([first, last]: readonly [string, string]): ReadonlyMap<string, string> {
  const calendars = useQuery(
    someQuery('calendars', { sort: 'id', limit: '20', fields: 'holidayCountry,holidayRegion' }),
  )
  const chosen = calendars.data?.items.find((row) => typeof row['holidayCountry'] === 'string')
  const country = chosen ? String(chosen['holidayCountry']) : ''
  const region = typeof chosen?.['holidayRegion'] === 'string' ? chosen['holidayRegion'] : ''
  const years = [...new Set([first.slice(0, 4), last.slice(0, 4)])]
  const found = useQueries({
    queries: years.map((year) => ({
      queryKey: ['holidays', country, region, year],
      queryFn: () => read<Answer>(`/calendars/holidays?${new URLSearchParams({ country, region, year }).toString()}`),
      enabled: country !== '',
      staleTime: Infinity,
    })),
  })
  return new Map(found.flatMap(({ data }) => data?.days.map(({ on, name }) => [on, name] as const) ?? []))
}
