// What a domain adds to the pages of its records: panels by place, commands with a dialog, and hints beside a form.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { FullRow, RecordInfo } from '../data/contract.ts'

export interface PanelProps {
  record: RecordInfo
  row: FullRow
  /** In the composer: puts text where the person writes. */
  insert?: (text: string) => void
}
/** `top` stands under the head, `first` and `tab` are tabs before and after the usual one, `side` is a box in the details column, `composer` a button in the composer. */
export type Where = 'top' | 'first' | 'tab' | 'side' | 'composer'
export interface Panel {
  record: string
  where: Where
  name: string
  label: string
  /** Where it says no, the panel is not shown for that row. */
  when?: (row: FullRow) => boolean
  component: LazyExoticComponent<ComponentType<PanelProps>>
  load: () => Promise<unknown>
}

const panels: Panel[] = []

/** `load` imports a module of `screens/<domain>/` that exports its panel as `Panel`. */
export function registerPanel(
  panel: Omit<Panel, 'component' | 'load'>,
  load: () => Promise<{ Panel: ComponentType<PanelProps> }>,
): void {
  const component = lazy(() => load().then(({ Panel }) => ({ default: Panel })))
  // Not copied: its label is asked for each time, in the language of that moment.
  panels.push(Object.assign(panel, { load, component }))
}

/** Begins to load what the page of this kind of record shows at once, while its row is still on the way. */
export function preloadPanels(record: RecordInfo): void {
  for (const panel of panels)
    if (panel.record === record.name && panel.where !== 'tab' && panel.where !== 'side') void panel.load()
}

export function panelsOf(record: RecordInfo, where: Where, row: FullRow): Panel[] {
  return panels.filter((panel) => panel.record === record.name && panel.where === where && (panel.when?.(row) ?? true))
}

export interface DialogProps {
  record: RecordInfo
  row: FullRow
  onClose: () => void
}
export interface Command {
  /** A kind of record, or * for every one. */
  record: string
  name: string
  label: string
  keys?: string
  when: (row: FullRow) => boolean
  component: LazyExoticComponent<ComponentType<DialogProps>>
}

const commands: Command[] = []

/** A command in the menu of a record's page and in the palette; it opens the dialog that the module exports as `Dialog`. */
export function registerCommand(
  command: Omit<Command, 'component'>,
  load: () => Promise<{ Dialog: ComponentType<DialogProps> }>,
): void {
  commands.push(Object.assign(command, { component: lazy(() => load().then(({ Dialog }) => ({ default: Dialog }))) }))
}

export function commandsOf(record: RecordInfo, row: FullRow): Command[] {
  return commands.filter((command) => ['*', record.name].includes(command.record) && command.when(row))
}

export interface HintProps {
  /** What is in the form now, by field name. */
  values: Record<string, unknown>
  /** Fields that the form shows. */
  fields: string[]
  set: (name: string, value: unknown) => void
  row: FullRow | null
}
interface Hint {
  record: string
  component: LazyExoticComponent<ComponentType<HintProps>>
}
const hints: Hint[] = []

/** What helps while a record is being written: beside the form that creates it and in the dialogs of its moves. */
export function registerHint(record: string, load: () => Promise<{ Hint: ComponentType<HintProps> }>): void {
  hints.push({ record, component: lazy(() => load().then(({ Hint: component }) => ({ default: component }))) })
}

export function hintsOf(record: RecordInfo): Hint[] {
  return hints.filter((hint) => hint.record === record.name)
}
