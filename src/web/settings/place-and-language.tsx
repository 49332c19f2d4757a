// The person's time zone and the way dates and numbers are written. Empty: the organisation's, the browser's.
import { Select } from '@mantine/core'
import { useMe } from '../data/model.ts'
import { usualLocale } from '../fields/format.ts'
import { messages } from '../messages/messages.ts'
import { prefer } from '../shell/preferences.ts'

const words = messages.settings
const tags = 'en-GB en-US en-AU en-CA en-IE de-DE de-AT de-CH fr-FR fr-CH es-ES pt-PT pt-BR it-IT nl-NL pl-PL cs-CZ'
const north = 'da-DK sv-SE nb-NO fi-FI ja-JP'
const example = Date.UTC(2026, 11, 24, 16, 30)

function zones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
}

/** "British English · 24 Dec 2026, 16:30 · 1,234.5" */
function labelOf(tag: string): string {
  const name = new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag
  const date = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  return `${name} · ${date.format(example)} · ${new Intl.NumberFormat(tag).format(1234.5)}`
}

export function PlaceAndLanguage() {
  const { preferences, timeZone } = useMe()
  const locales = [...new Set([...`${tags} ${north}`.split(' '), preferences.locale ?? usualLocale()])]
  return (
    <>
      <div className="setting">
        <span aria-hidden="true">{words.zone}</span>
        <Select
          aria-label={words.zone}
          data={zones()}
          limit={60}
          value={preferences.timeZone ?? null}
          placeholder={words.usualZone(timeZone)}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': words.usual }}
          onChange={(zone) => void prefer({ timeZone: zone })}
        />
      </div>
      <div className="setting">
        <span aria-hidden="true">{words.locale}</span>
        <Select
          aria-label={words.locale}
          data={locales.map((tag) => ({ value: tag, label: labelOf(tag) }))}
          value={preferences.locale ?? null}
          placeholder={words.usualLocale(labelOf(usualLocale()))}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': words.usual }}
          onChange={(locale) => void prefer({ locale })}
        />
      </div>
    </>
  )
}
