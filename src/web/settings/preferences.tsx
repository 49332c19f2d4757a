// The person's preferences. Each takes effect at once.
import { Checkbox } from '@mantine/core'
import { useMe } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { PlaceAndLanguage } from './place-and-language.tsx'
import { prefer } from '../shell/preferences.ts'
import type { Preferences as Chosen } from '../data/contract.ts'

const words = messages.settings

export function Section() {
  const { preferences, person, org, roles } = useMe()
  return (
    <>
      <Choice
        label={words.theme}
        name="theme"
        options={words.themes}
        value={preferences.theme ?? 'auto'}
        onChange={(theme) => void prefer({ theme: theme as Chosen['theme'] })}
      />
      <Choice
        label={words.density}
        name="density"
        options={words.densities}
        value={preferences.density ?? 'normal'}
        onChange={(density) => void prefer({ density: density as Chosen['density'] })}
      />
      <div className="setting">
        <span>{words.singleKeys}</span>
        <Checkbox
          label={words.singleKeysHelp}
          checked={preferences.singleKeys !== false}
          onChange={(event) => void prefer({ singleKeys: event.currentTarget.checked })}
        />
      </div>
      <PlaceAndLanguage />
      {person && (
        <div className="setting">
          <span>{words.signedInAs}</span>
          <span>
            {person.title} · {person.email}
          </span>
        </div>
      )}
      <div className="setting">
        <span>{words.organisation}</span>
        <span>{org.name}</span>
      </div>
      <div className="setting">
        <span>{words.roles}</span>
        <span>{roles.map((role) => messages.roles[role] ?? role).join(', ')}</span>
      </div>
    </>
  )
}

interface ChoiceProps {
  label: string
  name: string
  options: Record<string, string>
  value: string
  onChange: (value: string) => void
}

function Choice({ label, name, options, value, onChange }: ChoiceProps) {
  return (
    <fieldset className="setting" style={{ border: 0, margin: 0, padding: 0 }}>
      <legend style={{ float: 'inline-start', padding: 0 }}>{label}</legend>
      <div className="segmented">
        {Object.entries(options).map(([key, text]) => (
          <label key={key}>
            <input type="radio" name={name} checked={key === value} onChange={() => onChange(key)} />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
