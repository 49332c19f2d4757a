// Which attribute of a directory's entries fills which field, with what Active Directory and OpenLDAP usually want.
import { Button, TextInput } from '@mantine/core'
import { federationWords } from '../../messages/federation.ts'
import { ATTRIBUTES, presets, type Attribute, type Preset } from './fields.ts'

const words = federationWords.attributes
export type Attributes = Readonly<Record<Attribute, string>>

/** @param value null: as the server keeps it, which is what OpenLDAP wants */
export function attributesOf(value: unknown): Attributes {
  return { ...presets.openLdap.attributes, ...(typeof value === 'object' ? value : null) }
}

export function AttributesPart({
  value,
  error,
  onChange,
  onPreset,
}: {
  value: Attributes
  error: string | undefined
  onChange: (value: Attributes) => void
  onPreset: (preset: Preset) => void
}) {
  return (
    <fieldset className="panel attribute-part">
      <legend>{words.title}</legend>
      <p className="quiet">{words.about}</p>
      <div className="row">
        {(['activeDirectory', 'openLdap'] as const).map((name) => (
          <Button key={name} size="compact-sm" onClick={() => onPreset(presets[name])}>
            {words.presets[name]}
          </Button>
        ))}
      </div>
      {error !== undefined && (
        <p className="error-text" role="alert">
          {error}
        </p>
      )}
      <div className="attribute-grid">
        {ATTRIBUTES.map((name) => (
          <TextInput
            key={name}
            label={words.names[name]}
            required={name === 'id'}
            value={value[name]}
            onChange={(event) => onChange({ ...value, [name]: event.currentTarget.value })}
          />
        ))}
      </div>
    </fieldset>
  )
}
