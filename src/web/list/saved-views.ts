// Saved views: a name for a view's address, kept as records of their own (`/savedviews`): for oneself, for a team, for everybody.
import { queryOptions } from '@tanstack/react-query'
import type { Me, Model, Page, Ref, Row } from '../data/contract.ts'
import { readSearch, type Search } from '../data/address.ts'
import { read } from '../data/http.ts'
import { listAddress, recordNamed } from '../data/model.ts'
import { meQuery, queryClient } from '../data/queries.ts'

export interface SavedView extends Row {
  name: string
  record: string
  query: string
  pinned: boolean
  audience: 'me' | 'team' | 'everyone'
  owner: Ref | null
  team: Ref | null
  /** Why it cannot be shown any more: a field that it names has gone. */
  problem: string | null
}

const plural = 'savedviews'

/** The person's views of every kind of record; empty where the server has no such record. */
export function savedViewsQuery(model: Model) {
  const known = model.records.some((record) => record.plural === plural)
  return queryOptions({
    queryKey: ['some', plural, 'mine'],
    queryFn: async () => {
      const page = await read<Page<SavedView>>(`/${plural}?limit=200&sort=name`)
      const me = await queryClient.ensureQueryData(meQuery)
      return { ...page, items: page.items.filter((view) => !isOfOthers(view, me)) }
    },
    enabled: known,
    staleTime: 60_000,
  })
}

export function viewAddress(model: Model, view: SavedView): { to: string; search: Search } | null {
  const record = recordNamed(model, view.record)
  return record === null ? null : { to: listAddress(record), search: { ...readSearch(view.query), view: view.number } }
}

/** Each person chooses what stands in their navigation; until then the view says it. */
export function isPinned(view: SavedView, me: Me): boolean {
  return me.preferences.pins?.[view.id] ?? view.pinned
}

const mostPins = 300
/** What somebody has chosen, with one more choice; those of the oldest views are forgotten. */
export function pinsWith(me: Me, view: SavedView, pinned: boolean): Record<string, boolean> {
  const others = Object.entries(me.preferences.pins ?? {}).filter(([id]) => Number(id) !== view.id)
  return Object.fromEntries([...others.slice(1 - mostPins), [view.id, pinned]])
}

/** What this device kept for reading without the network may be of an older version. */
export function teamsOf({ teams }: Partial<Me>): Me['teams'] {
  return teams ?? []
}

/** Its maker, the lead of its team and administrators; the server decides. */
export function mayChange(view: SavedView, me: Me): boolean {
  const isLead = teamsOf(me).some((team) => team.isLead && team.id === view.team?.id)
  return isLead || me.roles.includes('administrator') || (me.person !== null && view.owner?.id === me.person.id)
}

/** Administrators read the views of all teams; those of others are no tabs of theirs. */
function isOfOthers(view: SavedView, me: Me): boolean {
  const isMine = view.team === null || teamsOf(me).some((team) => team.id === view.team?.id)
  return !isMine && view.owner?.id !== me.person?.id && me.roles.includes('administrator')
}
