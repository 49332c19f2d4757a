// The palette (Ctrl K): records, places and commands in one box. Our own, as an accessible combobox in a dialog.
import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { searchQuery } from '../data/queries.ts'
import { messages } from '../messages/messages.ts'
import { meantItem, usePaletteItems, type PaletteItem } from './palette-items.tsx'
import { useFocusBack } from '../ui/focus-back.ts'
import '../ui/dialog.css'
import './palette.css'

export function Palette({ onClose }: { onClose: () => void }) {
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  useFocusBack()
  const [asked] = useDebouncedValue(words.trim(), 80)
  const search = useQuery(searchQuery(asked))
  const waiting = search.isFetching || asked !== words.trim()
  const found = usePaletteItems(words.trim(), asked === '' ? [] : (search.data?.items ?? []))
  const meant = waiting || asked === '' ? null : search.data?.meant
  const items = meant ? [...found, meantItem(asked, meant, setWords)] : found
  const active = Math.min(at, items.length - 1)
  useEffect(() => {
    document.getElementById(`palette-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  function choose(item: PaletteItem | undefined) {
    if (!item) return
    if (item.stays) setAt(0)
    else onClose()
    item.run()
  }
  function onKey(event: React.KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setAt(Math.max(0, Math.min(items.length - 1, active + step)))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      choose(items[active])
    }
  }
  return (
    <Modal.Root opened onClose={onClose} size={600} yOffset={90}>
      <Modal.Overlay />
      <Modal.Content aria-label={messages.palette.title} classNames={{ content: 'palette' }}>
        <input
          className="palette-input"
          autoFocus
          role="combobox"
          aria-label={messages.palette.title}
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls="palette-list"
          aria-activedescendant={items.length > 0 ? `palette-${active}` : undefined}
          placeholder={messages.palette.placeholder}
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={onKey}
        />
        <Results items={items} active={active} onChoose={choose} words={words.trim()} waiting={waiting} />
        <footer className="palette-foot">
          <kbd>↑</kbd>
          <kbd>↓</kbd> {messages.palette.choose} <kbd>{messages.keyNames['enter']}</kbd> {messages.palette.act}{' '}
          <kbd>Esc</kbd> {messages.palette.close}
        </footer>
      </Modal.Content>
    </Modal.Root>
  )
}

interface ResultsProps {
  items: PaletteItem[]
  active: number
  words: string
  waiting: boolean
  onChoose: (item: PaletteItem) => void
}

function Results({ items, active, words, waiting, onChoose }: ResultsProps) {
  const groups = [...new Set(items.map((item) => item.group))]
  return (
    <>
      <div id="palette-list" role="listbox" aria-label={messages.palette.title} className="palette-list" tabIndex={-1}>
        {groups.map((group) => (
          <div key={group} role="group" aria-label={group}>
            <div className="palette-group" aria-hidden="true">
              {group}
            </div>
            {items.map(
              (item, index) =>
                item.group === group && (
                  // Keys are handled by the combobox; a pointer is a shortcut to the same choice.
                  <div
                    key={item.id}
                    id={`palette-${index}`}
                    role="option"
                    aria-selected={index === active}
                    className="palette-item"
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => onChoose(item)}
                  >
                    <span className="clip">{item.label}</span>
                    <span className="palette-aside">{item.aside}</span>
                  </div>
                ),
            )}
          </div>
        ))}
      </div>
      {items.length === 0 && (
        <p className="palette-empty quiet">{waiting ? messages.palette.searching : messages.palette.nothing(words)}</p>
      )}
      <span role="status" className="hidden-text">
        {waiting ? '' : messages.palette.results(items.length)}
      </span>
    </>
  )
}
