// What a role of the organisation's own may do: a box per kind of record and deed in place of JSON.
import { Checkbox } from '@mantine/core'
import { useModel } from '../data/model.ts'
import type { EditorProps } from '../fields/input-props.ts'
import { accessWords as words } from '../messages/access.ts'
import { Scroll } from '../ui/scroll.tsx'
import type { Deed } from './contract.ts'

const deeds: Deed[] = ['read', 'create', 'update', 'bin']
type Rights = Record<string, Deed[]>

export function OwnEditor({ field, value, onChange, error }: EditorProps) {
  const { records } = useModel()
  const rights: Rights = typeof value === 'object' && value !== null ? (value as Rights) : {} // checked by the server
  function toggle(record: string, deed: Deed, on: boolean) {
    const before = rights[record] ?? []
    const wanted = on ? [...before, deed] : before.filter((one) => one !== deed)
    // Whoever may do something with a record has to see it.
    const held = on && deed !== 'read' && !wanted.includes('read') ? [...wanted, 'read' as const] : wanted
    const { [record]: _, ...others } = rights
    onChange(held.length === 0 ? others : { ...others, [record]: deeds.filter((one) => held.includes(one)) })
  }
  return (
    <fieldset className="stack">
      <legend>{field.label}</legend>
      {error && <p role="alert">{error}</p>}
      <Scroll label={field.label}>
        <table className="facts">
          <thead>
            <tr>
              <th>{words.kind}</th>
              {deeds.map((deed) => (
                <th key={deed}>{words.deeds[deed]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {records.map((record) => (
              <tr key={record.name}>
                <th scope="row">{record.labelPlural}</th>
                {deeds.map((deed) => (
                  <td key={deed}>
                    <Checkbox
                      size="md"
                      aria-label={`${words.deeds[deed]}: ${record.labelPlural}`}
                      checked={rights[record.name]?.includes(deed) === true}
                      onChange={(event) => toggle(record.name, deed, event.currentTarget.checked)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </fieldset>
  )
}
