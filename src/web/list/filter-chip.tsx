// A chip for one field: what may be chosen, several at once; references are searched on the server.
import { useState } from 'react'
import type { FieldInfo, RecordInfo } from '../data/contract.ts'
import { recordNamed, useModel } from '../data/model.ts'
import { useChoices } from '../fields/choices.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { Popover } from '../ui/popover.tsx'
import { Sign, toneOf } from '../ui/state.tsx'
import { chosenIn, withChosen } from './filter.ts'

interface ChipProps {
  record: RecordInfo
  field: FieldInfo
  filter: string
  onChange: (filter: string) => void
}
interface Choice {
  value: string
  label: string
  tone?: string | null
}

export function FilterChip({ record, field, filter, onChange }: ChipProps) {
  const chosen = chosenIn(filter, field.name)
  const fixed = fixedChoices(record, field)
  const names = chosen
    .map((value) => [...fixed, ...special(field)].find((choice) => choice.value === value)?.label ?? value)
    .join(', ')
  return (
    <Popover
      label={field.label}
      className="chip-choices"
      content={(close) => (
        <>
          <Choices
            field={field}
            fixed={fixed}
            chosen={chosen}
            onChoose={(values) => onChange(withChosen(filter, field.name, values))}
          />
          {chosen.length > 0 && (
            <button
              type="button"
              className="link-button small"
              onClick={() => {
                onChange(withChosen(filter, field.name, []))
                close()
              }}
            >
              {messages.bulk.clear}
            </button>
          )}
        </>
      )}
    >
      <button type="button" className="chip" data-on={chosen.length > 0 || undefined}>
        <span className="clip">
          {field.label}
          {names !== '' && <b>: {names}</b>}
        </span>
        <Icon name="down" size={13} />
      </button>
    </Popover>
  )
}

/** What may be chosen without asking the server. */
export function fixedChoices(record: RecordInfo, field: FieldInfo): readonly Choice[] {
  if (record.workflow?.field === field.name)
    return record.workflow.states.map((state) => ({ value: state.name, label: state.label, tone: state.tone }))
  if (field.kind === 'boolean')
    return [
      { value: 'true', label: messages.values.yes },
      { value: 'false', label: messages.values.no },
    ]
  return field.options ?? []
}

/** Words of the filter grammar that any reference takes. */
export function special(field: FieldInfo): readonly Choice[] {
  const none = { value: 'none', label: messages.values.none }
  return field.kind === 'person' || field.to === 'person'
    ? [{ value: 'me', label: messages.editor.me }, none]
    : field.kind === 'ref'
      ? [none]
      : []
}

interface ChoicesProps {
  field: FieldInfo
  fixed: readonly Choice[]
  chosen: string[]
  onChoose: (values: string[]) => void
}

function Choices({ field, fixed, chosen, onChoose }: ChoicesProps) {
  const model = useModel()
  const isRef = field.kind === 'ref' || field.kind === 'person'
  const [words, setWords] = useState('')
  const found = useChoices(isRef ? recordNamed(model, field.to ?? 'person') : null, words).map((ref): Choice => ({
    value: ref.number,
    label: ref.title || ref.number,
  }))
  const extra = chosen
    .filter((value) => ![...fixed, ...found, ...special(field)].some((choice) => choice.value === value))
    .map((value): Choice => ({ value, label: value }))
  const choices = isRef ? [...(words === '' ? special(field) : []), ...extra, ...found] : [...fixed, ...special(field)]
  return (
    <>
      {isRef && (
        <input
          className="text-box chip-search"
          data-autofocus
          aria-label={messages.editor.search}
          placeholder={messages.editor.search}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      <ul className="plain">
        {choices.map((choice) => (
          <li key={choice.value}>
            <label className="chip-choice">
              <input
                type="checkbox"
                className="check"
                checked={chosen.includes(choice.value)}
                onChange={(event) =>
                  onChoose(
                    event.currentTarget.checked
                      ? [...chosen, choice.value]
                      : chosen.filter((value) => value !== choice.value),
                  )
                }
              />
              {choice.tone && <Sign tone={toneOf(choice.tone)} />}
              <span className="clip">{choice.label}</span>
            </label>
          </li>
        ))}
      </ul>
    </>
  )
}
