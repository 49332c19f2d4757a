// What a reference may point to, searched on the server while the person types.
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { RecordInfo, Ref } from '../data/contract.ts'
import { titleOf } from '../data/model.ts'
import { someQuery } from '../data/queries.ts'

/** The first twenty records of a kind that match the words, as references. */
export function useChoices(record: RecordInfo | null, words: string): Ref[] {
  const [asked] = useDebouncedValue(words, 150)
  const query: Record<string, string> = { limit: '20' }
  if (asked.trim() !== '') query['q'] = asked.trim()
  const found = useQuery({ ...someQuery(record?.plural ?? '', query), enabled: record !== null })
  return record === null
    ? []
    : (found.data?.items ?? []).map((row) => ({ id: row.id, number: row.number, title: titleOf(record, row) }))
}
