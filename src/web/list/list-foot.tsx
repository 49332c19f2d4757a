// Under the grid: how many there are, whether the list has changed, and the keys.
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'

interface FootProps {
  label: string
  total: { count: number; atLeast: boolean } | null
  stale: boolean
  onRefresh: () => void
}

export function ListFoot({ label, total, stale, onRefresh }: FootProps) {
  const words = messages.list
  return (
    <footer className="list-foot">
      <span role="status">
        <b className="number">{total ? words.total(total.count, total.atLeast) : '…'}</b>{' '}
        {messages.values.inSentence(label)}
      </span>
      {stale && (
        <button type="button" className="link-button row" onClick={onRefresh}>
          <Icon name="undo" size={13} />
          {words.changed} · {words.refresh}
        </button>
      )}
      <span className="list-keys" aria-hidden="true">
        <kbd>J</kbd> <kbd>K</kbd> {words.keyMove} <kbd>X</kbd> {words.keySelect} <kbd>{messages.keyNames['enter']}</kbd>{' '}
        {words.keyOpen} <kbd>E</kbd> {words.keyEdit} <kbd>/</kbd> {words.keyFilter} <kbd>?</kbd> {words.keyAll}
      </span>
    </footer>
  )
}
