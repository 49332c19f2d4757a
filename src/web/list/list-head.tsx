// The title row of a list: what it lists, as what, export, columns, group, import, new.
import { ActionIcon, Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Search } from '../data/address.ts'
import { listAddress } from '../data/model.ts'
import { attempt } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { ColumnChooser } from './column-chooser.tsx'
import { DisplaySwitch } from './display-switch.tsx'
import { displayOf } from './displays.ts'
import type { ListProps } from './list-page.tsx'
import { queryOf, viewOf } from './view.ts'

export function ListHead(props: ListProps) {
  const { record, search } = props
  return (
    <header className="spread list-head">
      <h1>{record.labelPlural}</h1>
      <div className="row">
        <DisplaySwitch {...props} />
        {record.can.export && <ExportMenu {...props} />}
        {displayOf(record, search) === 'table' && <ColumnChooser {...props} />}
        <MoreMenu {...props} />
        {record.can.create && (
          <Button
            leftSection={<Icon name="plus" />}
            renderRoot={(root) => <Link {...root} to={`${listAddress(record)}/new`} />}
            className="wide-only"
          >
            {record.label}
          </Button>
        )}
      </div>
    </header>
  )
}

/** The path below the API of a file with exactly what the view shows. */
function exportPath(record: ListProps['record'], search: Search, format: string): string {
  const view = viewOf(record, search)
  const query = { ...queryOf(view), fields: view.columns.map((field) => field.name).join(','), format }
  return `/${record.plural}/export?${new URLSearchParams(query).toString()}`
}

function ExportMenu({ record, search }: ListProps) {
  const formats = { csv: messages.list.exportCsv, xlsx: messages.list.exportXlsx, jsonl: messages.list.exportJsonl }
  return (
    <Menu
      entries={[
        ...Object.entries(formats).map(([format, label]) => ({
          label,
          download: `/api/v1${exportPath(record, search, format)}`,
        })),
        {
          label: messages.list.exportPdf,
          run: () =>
            void attempt(async () => (await import('./list-pdf.ts')).loadPdf(exportPath(record, search, 'pdf'))),
        },
        { label: messages.list.print, run: () => print() },
      ]}
    >
      <Button className="export-button" leftSection={<Icon name="export" />} aria-label={messages.list.export}>
        <span className="wide-only">{messages.list.export}</span>
      </Button>
    </Menu>
  )
}

function MoreMenu({ record, search, change }: ListProps) {
  const navigate = useNavigate()
  const groupable = record.fields.filter(
    ({ kind }) => kind === 'choice' || kind === 'states' || kind === 'ref' || kind === 'person',
  )
  const byMonth = record.fields.filter((field) => record.list.includes(field.name) && field.kind === 'instant')
  const groups = [
    ...groupable.map((field) => ({ by: field.name, label: field.label })),
    ...byMonth.map((field) => ({ by: `${field.name}:month`, label: messages.list.byMonth(field.label) })),
  ]
  return (
    <Menu
      maxHeight="70vh"
      entries={[
        record.can.import && {
          label: messages.list.import,
          icon: <Icon name="import" />,
          run: () => void navigate({ to: `${listAddress(record)}/import` }),
        },
        {
          label: search.binned === '1' ? messages.list.notBinned : messages.list.binned,
          icon: <Icon name="bin" />,
          run: () => change({ binned: search.binned === '1' ? undefined : '1' }),
        },
        groups.length > 0 && { heading: messages.list.group },
        ...groups.map(({ by, label }) => ({
          label,
          isChecked: search.group === by,
          run: () => change({ group: search.group === by ? undefined : by }),
        })),
      ]}
    >
      <ActionIcon variant="default" aria-label={messages.list.more}>
        <Icon name="dots" />
      </ActionIcon>
    </Menu>
  )
}
