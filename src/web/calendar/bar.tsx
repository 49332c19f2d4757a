// The line above a calendar: which days, how much of the time, which dates, what is laid above each other.
import { ActionIcon, Button } from '@mantine/core'
import type { Search } from '../data/address.ts'
import type { RecordInfo } from '../data/contract.ts'
import { personZone } from '../fields/format.ts'
import { displaysWords } from '../messages/displays.ts'
import { Icon, iconNamed } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { endFields, whenFields, whenOf } from '../when/when.ts'
import { chosenLayers, type Layer } from './layers.ts'
import { modeOf, modes } from './range.ts'

const words = displaysWords

export interface BarProps {
  record: RecordInfo
  search: Search
  change: (search: Partial<Search>) => void
  /** Of the days that are shown. */
  title: string
  onStep: (by: 1 | -1) => void
  onToday: () => void
}

export function CalendarBar({ offered, ...props }: BarProps & { offered: readonly Layer[] }) {
  const { search, change } = props
  const mode = modeOf(search)
  return (
    <div className="when-bar">
      <Steps {...props} />
      <div className="row when-tools">
        <div className="row when-modes" role="group" aria-label={words.mode}>
          {modes.map((one) => (
            <Button
              key={one}
              variant={one === mode ? 'light' : 'default'}
              aria-pressed={one === mode}
              onClick={() => change({ mode: one === 'month' ? undefined : one })}
            >
              {words.modes[one]}
            </Button>
          ))}
        </div>
        <DatesMenu {...props} />
        <LayersMenu {...props} offered={offered} />
        <DoneToggle {...props} />
      </div>
    </div>
  )
}

/** Earlier, today, later, and which days these are. */
export function Steps({ title, onStep, onToday }: Pick<BarProps, 'title' | 'onStep' | 'onToday'>) {
  return (
    <div className="row when-steps">
      <ActionIcon variant="default" aria-label={words.before} onClick={() => onStep(-1)}>
        <Icon name="left" />
      </ActionIcon>
      <Button onClick={onToday}>{words.today}</Button>
      <ActionIcon variant="default" aria-label={words.after} onClick={() => onStep(1)}>
        <Icon name="right" />
      </ActionIcon>
      <h2 aria-live="polite">{title}</h2>
    </div>
  )
}

/** By which of its dates the list is laid out; where it has one alone, there is nothing to choose. */
export function DatesMenu({ record, search, change }: Pick<BarProps, 'record' | 'search' | 'change'>) {
  const when = whenOf(record, search)
  const froms = whenFields(record)
  const own = froms.filter((field) => record.fields.includes(field))
  if (when === null || (own.length < 2 && froms.length < 2)) return null
  const until = endFields(record).filter((field) => field !== when.from && field.kind === when.from.kind)
  const set = (from: string, to?: string) => change({ date: to === undefined ? from : `${from},${to}` })
  const declaredEnd = (name: string) => (record.dated?.from === name ? record.dated.to : undefined)
  return (
    <Menu
      maxHeight="70vh"
      entries={[
        { heading: words.from },
        ...froms.map((field) => ({
          label: field.label,
          isChecked: field === when.from,
          run: () => set(field.name, declaredEnd(field.name)),
        })),
        until.length > 0 && { heading: words.until },
        until.length > 0 && {
          label: words.noEnd,
          isChecked: when.to === null,
          run: () => set(when.from.name, when.from.name),
        },
        ...until.map((field) => ({
          label: field.label,
          isChecked: field === when.to,
          run: () => set(when.from.name, field.name),
        })),
      ]}
    >
      <Button title={words.zone(personZone())} rightSection={<Icon name="down" size={14} />}>
        {when.to ? `${when.from.label} – ${when.to.label}` : when.from.label}
      </Button>
    </Menu>
  )
}

export function DoneToggle({ record, search, change }: Pick<BarProps, 'record' | 'search' | 'change'>) {
  if (record.workflow === null) return null
  const isOn = search['done'] === '1'
  return (
    <label className="row small when-done">
      <input
        type="checkbox"
        className="check"
        checked={isOn}
        onChange={() => change({ done: isOn ? undefined : '1' })}
      />
      {words.done}
    </label>
  )
}

function LayersMenu({ search, change, offered }: Pick<BarProps, 'search' | 'change'> & { offered: readonly Layer[] }) {
  const chosen = chosenLayers(search)
  if (offered.length === 0) return null
  const toggle = (key: string) => {
    const next = chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]
    change({ layers: next.length === 0 ? undefined : next.join(',') })
  }
  const isView = (layer: Layer) => layer.key !== layer.record.name
  const entry = (layer: Layer) => ({
    label: layer.label,
    icon: <Icon name={iconNamed(layer.record.icon)} />,
    isChecked: chosen.includes(layer.key),
    run: () => toggle(layer.key),
  })
  const views = offered.filter(isView)
  return (
    <Menu
      maxHeight="70vh"
      entries={[
        { heading: words.layersHelp },
        ...offered.filter((layer) => !isView(layer)).map(entry),
        views.length > 0 && { heading: words.views },
        ...views.map(entry),
      ]}
    >
      <Button leftSection={<Icon name="layers" />}>
        {chosen.length === 0 ? words.layers : words.layersOf(chosen.length)}
      </Button>
    </Menu>
  )
}
