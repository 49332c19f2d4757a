// What administrators ask of the server about the demonstration, and the way to it and back.
import type { DemoState } from '#kit/routes/demo.ts'
import { call, read } from '../data/http.ts'

export type { DemoState }

const path = '/admin/demo'
let wanted = '/bridge'

export const demoQuery = { queryKey: ['demo'], queryFn: () => read<DemoState>(path) }

/** Begins to bring it in. @throws Problem */
export async function bringDemo(): Promise<DemoState> {
  return (await call<DemoState>(path, { method: 'POST', body: {} })).body
}
/** @param written how many records that people wrote there may go with it. @throws Problem */
export async function removeDemo(written: number): Promise<DemoState> {
  return (await call<DemoState>(`${path}/removal`, { method: 'POST', body: { written } })).body
}

/** The page that is wanted once it is there. */
export function wantThere(page: string): void {
  wanted = page
}
/** Nothing that the screen knew is there: the page begins anew. @throws Problem */
export async function visitDemo(): Promise<void> {
  await call(`${path}/visit`, { method: 'POST', body: {} })
  location.assign(wanted)
}
export async function leaveDemo(): Promise<void> {
  await call(`${path}/visit`, { method: 'DELETE' })
  location.assign('/settings/demo')
}
