// Which columns the list shows and in which order; kept in the address.
import { ActionIcon, Button } from '@mantine/core'
import type { FieldInfo } from '../data/contract.ts'
import { allFields } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { Popover } from '../ui/popover.tsx'
import { columnsText, movedColumn } from './column-text.ts'
import type { ListProps } from './list-page.tsx'
import { viewOf } from './view.ts'

export function ColumnChooser({ record, search, change }: ListProps) {
  const view = viewOf(record, search)
  const shown = view.columns
  const others = allFields(record).filter((field) => !shown.some((one) => one.name === field.name))
  const widthOf = (name: string) => view.shown.find((one) => one.name === name)?.width ?? null
  const set = (fields: FieldInfo[]) =>
    change({ columns: columnsText(fields.map(({ name }) => ({ name, width: widthOf(name) }))) })
  const moved = (name: string, by: number) => change({ columns: columnsText(movedColumn(view.shown, name, by)) })
  return (
    <Popover
      label={messages.list.columns}
      className="column-chooser"
      position="bottom-end"
      content={() => (
        <>
          <ul className="plain">
            {shown.map((field, at) => (
              <li key={field.name} className="column-item">
                <label className="row">
                  <input
                    type="checkbox"
                    className="check"
                    checked
                    disabled={shown.length === 1}
                    onChange={() => set(shown.filter((one) => one !== field))}
                  />
                  {field.label}
                </label>
                <span className="row" style={{ gap: 0 }}>
                  <ActionIcon
                    size={24}
                    disabled={at === 0}
                    aria-label={messages.list.moveUp(field.label)}
                    onClick={() => moved(field.name, -1)}
                  >
                    <Icon name="up" size={14} />
                  </ActionIcon>
                  <ActionIcon
                    size={24}
                    disabled={at === shown.length - 1}
                    aria-label={messages.list.moveDown(field.label)}
                    onClick={() => moved(field.name, 1)}
                  >
                    <Icon name="down" size={14} />
                  </ActionIcon>
                </span>
              </li>
            ))}
            {others.map((field) => (
              <li key={field.name} className="column-item">
                <label className="row">
                  <input type="checkbox" className="check" checked={false} onChange={() => set([...shown, field])} />
                  {field.label}
                </label>
              </li>
            ))}
          </ul>
          <Button fullWidth mt={8} onClick={() => change({ columns: undefined })}>
            {messages.list.columnsReset}
          </Button>
        </>
      )}
    >
      <Button leftSection={<Icon name="columns" />} className="wide-only">
        {messages.list.columns}
      </Button>
    </Popover>
  )
}
