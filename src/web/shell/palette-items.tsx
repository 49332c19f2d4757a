// What the palette offers for the words typed: a number to jump to, records found by the server, places, commands.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { readSearch } from '../data/address.ts'
import type { Model, RecordInfo, SearchHit } from '../data/contract.ts'
import { addressOf, listAddress, recordNamed, stateOf, useModel } from '../data/model.ts'
import { savedViewsQuery, viewAddress, type SavedView } from '../list/saved-views.ts'
import { messages } from '../messages/messages.ts'
import { useCurrentActions } from '../ui/actions.ts'
import { keyWords } from '../ui/keys.ts'
import { State } from '../ui/state.tsx'
import { creatable, filledPlaces } from './places.ts'

export interface PaletteItem {
  id: string
  group: string
  label: string
  aside?: React.ReactNode
  run: () => void
  /** The palette stays open: the item changes what is asked for. */
  stays?: true
}

const shown = 40

export function usePaletteItems(words: string, hits: readonly SearchHit[]): PaletteItem[] {
  const model = useModel()
  const navigate = useNavigate()
  const actions = useCurrentActions()
  const saved = useQuery(savedViewsQuery(model)).data?.items ?? []
  const go = (to: string) => void navigate({ to })
  const commands = actions
    .filter((action) => !action.hidden)
    .map((action): PaletteItem => ({
      id: `do-${action.id}`,
      group: messages.palette.commands,
      label: action.label,
      run: action.run,
      aside: action.keys && keyWords(action.keys.split('|')[0] ?? '').map((key) => <kbd key={key}>{key}</kbd>),
    }))
  const fixed = [
    ...places(model, go),
    ...views(model, saved, navigate),
    ...commands.filter((item, at) => commands.findIndex((other) => other.label === item.label) === at),
    ...creating(model, go),
    ...importing(model, go),
  ]
  const found = records(model, hits, go)
  const here = useRouterState({ select: (state) => state.location.pathname })
  const jump = [...numberJump(model, words, go), ...bareJump(model, words, { go, here })].filter(
    (item) => !found.some((other) => other.id === item.id),
  )
  return [...jump, ...found, ...fixed.filter((item) => matches(item.label, words))].slice(0, shown)
}

/** Nothing has the words; like ones that something has are taken by the same Enter. */
export function meantItem(words: string, meant: string, ask: (words: string) => void): PaletteItem {
  return {
    id: 'meant',
    group: messages.list.nothingHas(words),
    label: messages.list.meant(meant),
    run: () => ask(meant),
    stays: true,
  }
}

/** Every word typed must begin a word of the label. */
function matches(label: string, words: string): boolean {
  const parts = label.toLowerCase().split(/\s+/)
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => parts.some((part) => part.startsWith(word)))
}

function records(model: Model, hits: readonly SearchHit[], go: (to: string) => void): PaletteItem[] {
  return hits.flatMap((hit) => {
    const record = recordNamed(model, hit.record)
    if (record === null) return []
    const state = stateOf(record, hit.status)
    const aside = (
      <>
        {state && <State tone={state.tone}>{state.label}</State>}
        <span className="mono quiet">{hit.number}</span>
      </>
    )
    return [
      {
        id: `open-${hit.number}`,
        group: record.labelPlural,
        label: hit.title || hit.number,
        aside,
        run: () => go(addressOf(record, hit.number)),
      },
    ]
  })
}

/** `INC-1042` and `inc 1042` jump; the prefix says which kind of record it is. */
function numberJump(model: Model, words: string, go: (to: string) => void): PaletteItem[] {
  const [, prefix, digits] = /^#?([a-z]{1,8})[- ]?(\d+)$/i.exec(words) ?? []
  const record = prefix && model.records.find((one) => one.prefix.toLowerCase() === prefix.toLowerCase())
  if (!record || !digits) return []
  const number = `${record.prefix}-${digits}`
  return [
    {
      id: `open-${number}`,
      group: messages.palette.records,
      label: messages.palette.open(number),
      aside: <span className="quiet">{record.label}</span>,
      run: () => go(addressOf(record, number)),
    },
  ]
}

const guessedAtMost = 4

/** `#123` says no kind of record: first the one that is looked at, then those that are worked on. */
function bareJump(
  model: Model,
  words: string,
  { go, here }: { go: (to: string) => void; here: string },
): PaletteItem[] {
  const [, digits] = /^#(\d{1,15})$/.exec(words) ?? []
  if (digits === undefined) return []
  const isHere = (record: RecordInfo) => here.startsWith(listAddress(record))
  return filledPlaces(model)
    .flatMap((place) => place.records)
    .filter((record) => isHere(record) || record.workflow !== null)
    .toSorted((one, other) => Number(isHere(other)) - Number(isHere(one)))
    .slice(0, guessedAtMost)
    .flatMap((record) => numberJump(model, `${record.prefix}-${digits}`, go))
}

function views(model: Model, saved: readonly SavedView[], navigate: ReturnType<typeof useNavigate>): PaletteItem[] {
  const declared = filledPlaces(model).flatMap(({ records: own }) =>
    own.flatMap((record) =>
      record.views.map((view) => ({
        id: `view-${record.name}-${view.name}`,
        label: view.label,
        aside: record.labelPlural,
        address: { to: listAddress(record), search: { ...readSearch(view.query), view: view.name } },
      })),
    ),
  )
  const own = saved.flatMap((view) => {
    const address = viewAddress(model, view)
    const aside = recordNamed(model, view.record)?.labelPlural ?? ''
    return address === null ? [] : [{ id: `view-${view.number}`, label: view.name, aside, address }]
  })
  return [...own, ...declared].map(({ id, label, aside, address }) => ({
    id,
    group: messages.views.label,
    label: messages.palette.go(label),
    aside: <span className="quiet">{aside}</span>,
    run: () => void navigate(address),
  }))
}

function places(model: Model, go: (to: string) => void): PaletteItem[] {
  return filledPlaces(model).flatMap(({ place, records: own, screens, address }) => [
    {
      id: `place-${place.name}`,
      group: messages.palette.places,
      label: messages.palette.go(place.label),
      run: () => go(address),
    },
    // The front page is called like its place: once is enough.
    ...screens
      .filter((screen) => screen.label !== place.label)
      .map((screen) => ({
        id: `screen-${screen.path}`,
        group: messages.palette.places,
        label: messages.palette.go(screen.label),
        aside: <span className="quiet">{place.label}</span>,
        run: () => go(screen.path),
      })),
    ...own.map((record) => ({
      id: `list-${record.name}`,
      group: messages.palette.places,
      label: messages.palette.go(record.labelPlural),
      aside: <span className="quiet">{place.label}</span>,
      run: () => go(listAddress(record)),
    })),
  ])
}

function creating(model: Model, go: (to: string) => void): PaletteItem[] {
  return creatable(model).map((record) => ({
    id: `new-${record.name}`,
    group: messages.palette.commands,
    label: messages.palette.create(messages.values.inSentence(record.label)),
    run: () => go(`${listAddress(record)}/new`),
  }))
}

function importing(model: Model, go: (to: string) => void): PaletteItem[] {
  return model.records
    .filter((record) => record.can.import)
    .map((record) => ({
      id: `import-${record.name}`,
      group: messages.palette.commands,
      label: messages.palette.importInto(messages.values.inSentence(record.labelPlural)),
      run: () => go(`${listAddress(record)}/import`),
    }))
}
