// Keys of a page for the key sheet: those with nothing to run are handled where the focus is, and only told here.
import { useActions, type Action } from './actions.ts'

export type SheetKey = readonly [id: string, keys: string, label: string, run?: () => void]

/** Offers them under one heading; none of them is a command of the palette. */
export function useSheetKeys(group: string, keys: readonly SheetKey[]): void {
  useActions(
    keys.map(([id, combination, label, run = () => {}]): Action => ({
      id,
      keys: combination,
      label,
      run,
      hidden: true,
      group,
    })),
  )
}
