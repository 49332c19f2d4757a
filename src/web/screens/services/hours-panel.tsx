// The hours of a calendar on its page: week, dates, holidays of its own, of its country and from a feed; saved together.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Problem, sentenceOf } from '../../data/problem.ts'
import { hoursWords } from '../../messages/hours.ts'
import { Conflict } from '../../record/conflict.tsx'
import { useSave } from '../../record/save.ts'
import type { PanelProps } from '../panels.ts'
import { definitionOf, tidy, type Definition } from './hours/contract.ts'
import { DefinitionEditor } from './hours/definition-editor.tsx'
import { Feed } from './hours/feed.tsx'
import { PublicHolidays } from './hours/public-holidays.tsx'

const words = hoursWords.hours

interface Draft {
  definition: Definition
  holidayCountry: string | null
  holidayRegion: string | null
  feed: string | null
}

function draftOf(row: PanelProps['row']): Draft {
  const text = (name: string) => (typeof row[name] === 'string' && row[name] !== '' ? row[name] : null)
  return {
    definition: tidy(definitionOf(row['definition'])),
    holidayCountry: text('holidayCountry'),
    holidayRegion: text('holidayRegion'),
    feed: text('feed'),
  }
}

export function Panel({ record, row }: PanelProps) {
  const saving = useSave(record, row)
  const [seen, setSeen] = useState(row)
  const [edited, setEdited] = useState<Draft | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const draft = edited ?? draftOf(row)
  const may = row.can?.update ?? record.can.update
  const set = (change: Partial<Draft>) => {
    if (edited === null) setSeen(row)
    setEdited({ ...draft, ...change })
  }
  async function save() {
    setProblem(null)
    try {
      const how = await saving.save({ ...draft, definition: tidy(draft.definition) }, words.saved, seen)
      if (how === 'saved') setEdited(null)
    } catch (error) {
      const placed = error instanceof Problem ? Object.values(error.byField) : []
      setProblem(placed.length > 0 ? placed.join(' ') : sentenceOf(error))
    }
  }
  const take = (days: string[]) =>
    set({ definition: { ...draft.definition, holidays: [...(draft.definition.holidays ?? []), ...days] } })
  return (
    <div className="hours-panel">
      <p className="row small">
        <span className="quiet">{words.zone(String(row['timeZone'] ?? ''))}</span>
        <Link to="/desk/calculator" search={{ calendar: row.number }}>
          {words.calculate}
        </Link>
      </p>
      <DefinitionEditor value={draft.definition} disabled={!may} onChange={(definition) => set({ definition })} />
      <PublicHolidays
        place={{ country: draft.holidayCountry, region: draft.holidayRegion }}
        disabled={!may}
        onChange={({ country, region }) => set({ holidayCountry: country, holidayRegion: region })}
      />
      {may && <Feed number={row.number} url={draft.feed} onUrl={(feed) => set({ feed })} onTake={take} />}
      {problem && (
        <p role="alert" className="error-text">
          {problem}
        </p>
      )}
      {edited && (
        <div className="row hours-foot">
          <span className="small">{words.changed}</span>
          <Button variant="filled" onClick={() => void save()}>
            {words.save}
          </Button>
          <Button
            onClick={() => {
              setEdited(null)
              setProblem(null)
            }}
          >
            {words.revert}
          </Button>
        </div>
      )}
      <Conflict record={record} saving={saving} />
    </div>
  )
}
