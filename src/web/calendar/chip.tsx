// One entry in a calendar: sign of its state, time, title. A link to its record, of which a plain click opens the card; dragged where it may be moved.
import { Link } from '@tanstack/react-router'
import { addressOf } from '../data/model.ts'
import { Icon, iconNamed } from '../ui/icon.tsx'
import { Sign } from '../ui/state.tsx'
import { clockText, fixedBecause, spanFull, spanText, type Entry } from '../when/entry.ts'

interface ChipProps {
  entry: Entry
  /** The icon of its kind is shown where several kinds stand above each other. */
  isMixed: boolean
  /** Whether Tab stops here. */
  isReached: boolean
  /** Where it stands in its week; absent in lists. */
  place?: { lane: number; days: number; begins: boolean; ends: boolean }
  onOpen: (entry: Entry) => void
  onDrag?: (entry: Entry, event: React.DragEvent) => void
}

export const laneHeight = 26

export function Chip({ entry, isMixed, isReached, place, onOpen, onDrag }: ChipProps) {
  const { record, tone, title, state } = entry
  const clock = clockText(entry)
  const style = place && {
    insetBlockStart: `calc(var(--cal-top) + ${place.lane * laneHeight}px)`,
    inlineSize: `calc(${place.days * 100}% + ${place.days - 1}px - 8px)`,
  }
  return (
    <Link
      to={addressOf(record, entry.row.number)}
      className="cal-chip"
      data-entry={entry.key}
      data-tone={tone}
      data-placed={place ? true : undefined}
      data-begins={place?.begins === false ? 'before' : undefined}
      data-ends={place?.ends === false ? 'after' : undefined}
      style={style}
      tabIndex={isReached ? 0 : -1}
      aria-haspopup="dialog"
      title={`${title}\n${spanFull(entry)}`}
      draggable={onDrag !== undefined && fixedBecause(entry) === null}
      onDragStart={(event) => onDrag?.(entry, event)}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        onOpen(entry)
      }}
    >
      <span className="hidden-text">{`${entry.row.number}, `}</span>
      <Sign tone={tone} />
      {isMixed && <Icon name={iconNamed(record.icon)} size={13} />}
      {clock !== '' && <span className="number quiet">{clock}</span>}
      <span className="clip">{title}</span>
      <span className="hidden-text">{['', spanText(entry), ...(state === '' ? [] : [state])].join(', ')}</span>
    </Link>
  )
}
