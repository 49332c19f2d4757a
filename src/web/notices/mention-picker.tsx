// While somebody writes @ in a comment: who can be mentioned, by arrows and Enter or by a click. It stands under the text box it belongs to.
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import type { Mentionable } from '#kit/notices/mention-routes.ts'
import type { RecordInfo, Row } from '../data/contract.ts'
import { read } from '../data/http.ts'
import { messages } from '../messages/messages.ts'
import { begunMention, mentionOf } from './mention-text.ts'
import './mention-picker.css'

interface MentionPickerProps {
  record: RecordInfo
  row: Row
  /** The id of the text box. */
  of: string
  text: string
  onChange: (text: string) => void
}

export function MentionPicker({ record, row, of, text, onChange }: MentionPickerProps) {
  const id = useId()
  const [at, setAt] = useState(0)
  const [closedFor, setClosedFor] = useState('')
  const box = document.getElementById(of)
  const caret = box instanceof HTMLTextAreaElement && document.activeElement === box ? box.selectionStart : text.length
  const begun = begunMention(text.slice(0, caret))
  // Closed for one @ alone: the next one, be it at the same place, opens it again.
  if (begun === null && closedFor !== '') setClosedFor('')
  const isAsked = begun !== null && closedFor !== `${begun.from}`
  const words = begun?.words ?? ''
  const [asked] = useDebouncedValue(words, 150)
  const found = useQuery({
    queryKey: ['mentions', record.name, row.id, asked],
    queryFn: ({ signal }) => read<{ items: Mentionable[] }>(`/mentions?record=${record.name}&id=${row.id}&q=${encodeURIComponent(asked)}`, signal), // oxfmt-ignore
    enabled: isAsked && asked === words,
  })
  // Never those of other words than stand there: Enter would mention somebody who is not meant.
  const items = isAsked && asked === words ? (found.data?.items ?? []) : []
  const here = Math.min(at, items.length - 1)
  function choose(one: Mentionable | undefined) {
    if (!one || !begun) return
    const made = `${mentionOf(one)} `
    onChange(text.slice(0, begun.from) + made + text.slice(caret))
    setAt(0)
    requestAnimationFrame(() => {
      if (!(box instanceof HTMLTextAreaElement)) return
      box.focus()
      box.setSelectionRange(begun.from + made.length, begun.from + made.length)
    })
  }
  function onKey(event: KeyboardEvent) {
    if (items.length === 0) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const isChosen = (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab'
    if (step !== undefined) setAt((here + step + items.length) % items.length)
    else if (isChosen) choose(items[here])
    else if (event.key === 'Escape') setClosedFor(`${begun?.from}`)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const latest = useRef(onKey)
  latest.current = onKey
  useEffect(() => {
    const target = document.getElementById(of)
    const listen = (event: KeyboardEvent) => latest.current(event)
    target?.addEventListener('keydown', listen, true)
    return () => target?.removeEventListener('keydown', listen, true)
  }, [of])
  useDescribed(of, items.length > 0 ? { list: `${id}list`, option: `${id}${here}` } : null)
  if (items.length === 0) return null
  return (
    <ul id={`${id}list`} role="listbox" aria-label={messages.composer.mention} className="plain mention-list">
      {items.map((one, nth) => (
        <li
          key={one.number}
          id={`${id}${nth}`}
          role="option"
          aria-selected={nth === here}
          onPointerDown={(event) => {
            event.preventDefault()
            choose(one)
          }}
        >
          {one.title} <span className="quiet small">{one.number}</span>
        </li>
      ))}
    </ul>
  )
}

/** The text box says which list helps it and which line of it Enter takes. */
function useDescribed(of: string, open: { list: string; option: string } | null) {
  const { list, option } = open ?? {}
  useEffect(() => {
    const box = document.getElementById(of)
    if (!box || list === undefined || option === undefined) return
    box.setAttribute('aria-autocomplete', 'list')
    box.setAttribute('aria-controls', list)
    box.setAttribute('aria-activedescendant', option)
    return () => {
      for (const name of ['aria-autocomplete', 'aria-controls', 'aria-activedescendant']) box.removeAttribute(name)
    }
  }, [of, list, option])
}
