// Which columns the list shows and in which order; kept in the address.
import { ActionIcon, Button } from '@mantine/core'
import type { FieldInfo } from '../data/contract.ts'
import { allFields } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { Popover } from '../ui/popover.tsx'
import type { ListProps } from './list-page.tsx'
import { viewOf } from './view.ts'

export function ColumnChooser({ record, search, change }: ListProps) {
  const shown = viewOf(record, search).columns
  const others = allFields(record).filter((field) => !shown.some((one) => one.name === field.name))
  const set = (fields: FieldInfo[]) => change({ columns: fields.map((field) => field.name).join(',') })
  function moved(at: number, by: number) {
    const fields = [...shown]
    const [field] = fields.splice(at, 1)
    if (field) fields.splice(at + by, 0, field)
    set(fields)
  }
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
                    onClick={() => moved(at, -1)}
                  >
                    <Icon name="up" size={14} />
                  </ActionIcon>
                  <ActionIcon
                    size={24}
                    disabled={at === shown.length - 1}
                    aria-label={messages.list.moveDown(field.label)}
                    onClick={() => moved(at, 1)}
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
