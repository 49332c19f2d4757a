// What can be done with a column without a pointer: sort, move, make wider or narrower, group, hide.
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { movedColumn, resizedColumn } from './column-text.ts'
import type { HeadProps } from './grid-head.tsx'

const stepPx = 48

export function ColumnMenu({ field, shown, onColumns, onSort, width }: HeadProps & { width: () => number }) {
  const words = messages.columnMenu
  const at = shown.findIndex((one) => one.name === field.name)
  const sortable = field.sortable !== false
  return (
    <Menu
      position="bottom-start"
      entries={[
        sortable && { label: words.ascending, run: () => onSort(field.name) },
        sortable && { label: words.descending, run: () => onSort(`-${field.name}`) },
        sortable && 'line',
        at > 0 && { label: words.before, run: () => onColumns(movedColumn(shown, field.name, -1)) },
        at < shown.length - 1 && { label: words.after, run: () => onColumns(movedColumn(shown, field.name, 1)) },
        { label: words.wider, run: () => onColumns(resizedColumn(shown, field.name, width() + stepPx)) },
        { label: words.narrower, run: () => onColumns(resizedColumn(shown, field.name, width() - stepPx)) },
        { label: words.usual, run: () => onColumns(resizedColumn(shown, field.name, null)) },
        shown.length > 1 && 'line',
        shown.length > 1 && {
          label: words.hide,
          run: () => onColumns(shown.filter((one) => one.name !== field.name)),
        },
      ]}
    >
      <button type="button" className="grid-column-menu" aria-label={words.arrange}>
        <Icon name="down" size={12} />
      </button>
    </Menu>
  )
}
