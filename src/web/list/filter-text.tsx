// The whole filter as text, in the grammar that the API and the rules use: what could stand at the caret is offered, a mistake is
// shown under its place.
import { TextInput } from '@mantine/core'
import { useEffect, useId, useRef, useState } from 'react'
import type { RecordInfo } from '../data/contract.ts'
import { allFields, fieldOf, recordNamed, useModel } from '../data/model.ts'
import { Problem, sentenceOf } from '../data/problem.ts'
import { useChoices } from '../fields/choices.ts'
import { messages } from '../messages/messages.ts'
import { offers, pieceAt, taken, type Known, type Offer, type Piece } from './complete.ts'
import { fixedChoices, special } from './filter-chip.tsx'

interface FilterTextProps {
  record: RecordInfo
  filter: string
  onChange: (filter: string) => void
  error: Error | null
}

export function FilterText({ record, filter, onChange, error }: FilterTextProps) {
  const [text, setText] = useState(filter)
  const [caret, setCaret] = useState<number | null>(null)
  const [at, setAt] = useState(-1)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  useEffect(() => setText(filter), [filter])
  const piece = pieceAt(text, caret ?? text.length)
  const offered = useOffers(record, piece)
  const shown = caret === null ? [] : offered.filter((one) => one.text !== piece.typed)
  function look() {
    setCaret(input.current?.selectionStart ?? null)
    setAt(-1)
  }
  function take(offer: Offer) {
    const next = taken(text, piece, offer)
    setText(next.text)
    setAt(-1)
    setCaret(next.caret)
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret))
  }
  function onKey(event: React.KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const chosen = shown[at]
    if (step !== undefined && shown.length > 0) {
      event.preventDefault()
      setAt((at + step + shown.length + (at < 0 && step < 0 ? 1 : 0)) % shown.length)
    } else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) {
      event.preventDefault()
      take(chosen)
    } else if (event.key === 'Enter') {
      setCaret(null)
      onChange(text.trim())
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      if (shown.length > 0) setCaret(null)
      else setText(filter)
    }
  }
  return (
    <div className="filter-complete">
      <TextInput
        ref={input}
        className="filter-text"
        role="combobox"
        aria-label={messages.list.filter}
        aria-autocomplete="list"
        aria-expanded={shown.length > 0}
        aria-controls={shown.length > 0 ? id : undefined}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        placeholder={messages.list.filterHelp}
        value={text}
        spellCheck={false}
        autoComplete="off"
        autoFocus
        error={error ? <Mistake text={text} error={error} /> : undefined}
        styles={{ input: { fontFamily: 'var(--mono)' } }}
        onChange={(event) => {
          setText(event.currentTarget.value)
          look()
        }}
        onSelect={(event) => {
          if (caret !== null) setCaret(event.currentTarget.selectionStart)
        }}
        onClick={look}
        onBlur={() => {
          setCaret(null)
          if (text.trim() !== filter) onChange(text.trim())
        }}
        onKeyDown={onKey}
      />
      {shown.length > 0 && <Offers id={id} offers={shown} at={at} onTake={take} />}
    </div>
  )
}

interface OffersProps {
  id: string
  offers: readonly Offer[]
  at: number
  onTake: (offer: Offer) => void
}

function Offers({ id, offers: shown, at, onTake }: OffersProps) {
  return (
    <div id={id} role="listbox" aria-label={messages.list.offers} className="filter-offers">
      {shown.map((offer, index) => (
        <div
          key={offer.text}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          // The text box keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(offer)}
        >
          <span className="mono">{offer.text}</span> <span className="quiet">{offer.about}</span>
        </div>
      ))}
    </div>
  )
}

/** What the record declares, and for a reference what the server finds. */
function useOffers(record: RecordInfo, piece: Piece): Offer[] {
  const model = useModel()
  const field = piece.field === null ? null : fieldOf(record, piece.field)
  const to = field && (field.kind === 'ref' || field.kind === 'person') ? (field.to ?? 'person') : null
  const found = useChoices(to === null ? null : recordNamed(model, to), piece.begun)
  const known = allFields(record)
    .filter((one) => one.filterable !== false)
    .map((one): Known => ({
      name: one.custom ? `custom.${one.name}` : one.name,
      label: one.label,
      values: [...fixedChoices(record, one), ...special(one), ...moments(one.kind)],
    }))
  return offers(piece, known, found.map(({ number, title }) => ({ value: number, label: title }))) // oxfmt-ignore
}

function moments(kind: string): Known['values'] {
  const isMoment = kind === 'instant' || kind === 'day'
  return isMoment ? ['today', '-1d', '-7d', '-30d'].map((value) => ({ value, label: messages.list.moments[value] ?? value })) : [] // oxfmt-ignore
}

function Mistake({ text, error }: { text: string; error: Error }) {
  const mistake = error instanceof Problem ? error.mistake : null
  return (
    <>
      {mistake && (
        <span className="mono filter-place" aria-hidden="true">
          {' '.repeat(Math.min(mistake.at, text.length))}▲
        </span>
      )}
      {mistake?.because ?? sentenceOf(error)}
    </>
  )
}
