// What `GET /first-steps` answers, and how a step is marked.
import { queryOptions } from '@tanstack/react-query'
import type { FirstStep } from '#kit/routes/first-steps.ts'
import { call, read } from '../data/http.ts'
import { queryClient } from '../data/queries.ts'

export type { FirstStep } from '#kit/routes/first-steps.ts'
interface Steps {
  readonly items: readonly FirstStep[]
}

export const stepsQuery = queryOptions({ queryKey: ['first-steps'], queryFn: () => read<Steps>('/first-steps') })

export async function markStep(name: FirstStep['name'], state: FirstStep['state']): Promise<void> {
  const { body } = await call<Steps>(`/first-steps/${name}`, { method: 'PUT', body: { state } })
  queryClient.setQueryData(stepsQuery.queryKey, body)
}
