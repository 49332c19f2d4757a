// The person's time zone and the way dates and numbers are written. Empty: the organisation's, the browser's.
import { Select } from '@mantine/core'
import { useMe } from '../data/model.ts'
import { localeText as labelOf, usualLocale, zones } from '../fields/format.ts'
import { languages, type Language } from '../messages/catalogues.ts'
import { isLanguage } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'
import { prefer } from '../shell/preferences.ts'

const words = messages.settings
const tags = 'en-GB en-US en-AU en-CA en-IE de-DE de-AT de-CH fr-FR fr-CH es-ES pt-PT pt-BR it-IT nl-NL pl-PL cs-CZ'
const north = 'da-DK sv-SE nb-NO fi-FI ja-JP'
export function PlaceAndLanguage() {
  const { preferences, orgTimeZone } = useMe()
  const locales = [...new Set([...`${tags} ${north}`.split(' '), preferences.locale ?? usualLocale()])]
  return (
    <>
      <div className="setting">
        <span aria-hidden="true">{words.language}</span>
        <Select
          aria-label={words.language}
          data={[
            { value: '', label: words.asBrowser },
            ...Object.entries(languages).map(([value, label]) => ({ value, label })),
          ]}
          value={preferences.language ?? ''}
          allowDeselect={false}
          onChange={(language) => void prefer({ language: isLanguage(language ?? '') ? (language as Language) : null })}
        />
      </div>
      <div className="setting">
        <span aria-hidden="true">{words.zone}</span>
        <Select
          aria-label={words.zone}
          data={zones()}
          limit={60}
          value={preferences.timeZone ?? null}
          placeholder={words.usualZone(orgTimeZone)}
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
