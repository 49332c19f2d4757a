// Panels that a domain adds to a record's page, by record name: a tab of its own or a box in the details column.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { FullRow, RecordInfo } from '../data/contract.ts'

export interface PanelProps {
  record: RecordInfo
  row: FullRow
}
export interface Panel {
  record: string
  where: 'tab' | 'side'
  name: string
  label: string
  component: LazyExoticComponent<ComponentType<PanelProps>>
}

const panels: Panel[] = []

/** `load` imports a module of `screens/<domain>/` that exports its panel as `Panel`. */
export function registerPanel(
  panel: Omit<Panel, 'component'>,
  load: () => Promise<{ Panel: ComponentType<PanelProps> }>,
): void {
  panels.push({ ...panel, component: lazy(() => load().then(({ Panel: component }) => ({ default: component }))) })
}

export function panelsOf(record: RecordInfo, where: Panel['where']): Panel[] {
  return panels.filter((panel) => panel.record === record.name && panel.where === where)
}
