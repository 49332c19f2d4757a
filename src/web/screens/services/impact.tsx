// Whom a failure reaches: each service with the reason, nearest first, redundancy told.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { sentenceOf } from '../../data/problem.ts'
import { messages } from '../../messages/messages.ts'
import { State } from '../../ui/state.tsx'
import type { Tone } from '../../data/contract.ts'
import { impactQuery, type Affected } from './impact-contract.ts'
import './services.css'

const words = messages.impact
const shownFirst = 6
const tones: Record<string, Tone> = { critical: 'bad', high: 'warn', medium: 'none', low: 'none' }

export function ImpactOf({ plural, number }: { plural: string; number: string }) {
  const [all, setAll] = useState(false)
  const impact = useQuery(impactQuery(plural, number))
  if (impact.error) return <p className="error-text">{sentenceOf(impact.error)}</p>
  if (!impact.data) return <p className="quiet small">{messages.list.loading}</p>
  const { sources, affected, total, people } = impact.data
  if (sources.length === 0) return <p className="quiet small">{words.noService}</p>
  return (
    <div className="impact">
      {affected.length === 0 ? (
        <p className="quiet small">{words.nothing}</p>
      ) : (
        <p className="small strong">{words.reaches(total)}</p>
      )}
      <ul className="plain">
        {(all ? affected : affected.slice(0, shownFirst)).map((one) => (
          <AffectedLine key={one.service.id} one={one} />
        ))}
      </ul>
      {affected.length > shownFirst && !all && (
        <button type="button" className="link-button small" onClick={() => setAll(true)}>
          {words.all(affected.length)}
        </button>
      )}
      {all && total > affected.length && <p className="quiet small">{words.cut(affected.length, total)}</p>}
      {people.reported > 0 && <p className="small">{words.people(people.reported)}</p>}
    </div>
  )
}

function AffectedLine({ one }: { one: Affected }) {
  return (
    <li>
      <div className="spread">
        <Link to={`/estate/services/${one.service.number}`}>{one.service.title}</Link>
        <span className="small">
          <State tone={tones[one.criticality] ?? 'none'}>{words.critical[one.criticality] ?? one.criticality}</State>
        </span>
      </div>
      <p className="quiet small">{one.because}</p>
    </li>
  )
}
