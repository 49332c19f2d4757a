// The twelve duties with bar, score, change and evidence; a row opens its measures. Which is open stands in the address.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useId } from 'react'
import type { Search } from '../../data/address.ts'
import type { Tone } from '../../data/contract.ts'
import { bridgeWords } from '../../messages/bridge.ts'
import { Icon } from '../../ui/icon.tsx'
import type { Duty } from './contract.ts'
import { DutyBeginning } from './duty-beginning.tsx'
import { DutyMeasures } from './duty-measures.tsx'
import { Mark, toneOfStanding } from './mark.tsx'

const words = bridgeWords.bridge.duties

export function Duties({ duties }: { duties: Duty[] }) {
  const id = useId()
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const set = (change: Search) => void navigate({ to: '.', search: { ...search, ...change }, replace: true })
  const explained = search['scored'] === 'how'
  return (
    <section className="panel bridge-panel bridge-duties" aria-labelledby={id}>
      <header>
        <div className="row">
          <h2 id={id}>{words.title}</h2>
          <span className="quiet small">{words.about}</span>
        </div>
        <button
          type="button"
          className="link-button small bridge-link"
          aria-expanded={explained}
          onClick={() => set({ scored: explained ? undefined : 'how' })}
        >
          {words.how}
        </button>
      </header>
      {explained && (
        <div className="bridge-scored">
          {words.scored.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
      <ul className="plain">
        {duties.map((duty) => (
          <DutyRow
            key={duty.duty}
            duty={duty}
            open={search['duty'] === duty.duty}
            onOpen={(open) => set({ duty: open ? duty.duty : undefined })}
          />
        ))}
      </ul>
    </section>
  )
}

function DutyRow({ duty, open, onOpen }: { duty: Duty; open: boolean; onOpen: (open: boolean) => void }) {
  if (duty.score === null || duty.standing === null)
    return (
      <li className="duty duty-none">
        <span>{duty.label}</span>
        <DutyBeginning duty={duty.duty} label={duty.label} />
      </li>
    )
  const tone = toneOfStanding[duty.standing]
  return (
    <li data-open={open || undefined}>
      <button
        type="button"
        className="plain-button duty"
        aria-expanded={open}
        title={words.open(duty.label)}
        onClick={() => onOpen(!open)}
      >
        <span className="duty-name">
          {duty.label}
          <span className="quiet small">{words.records(duty.evidence)}</span>
        </span>
        <DutyBar score={duty.score} before={duty.change === null ? null : duty.score - duty.change} tone={tone} />
        <Trend change={duty.change} />
        <span className="duty-score number">
          {duty.standing === 'good' ? null : <Mark standing={duty.standing} />}
          <span aria-hidden="true">{duty.score}</span>
          <span className="hidden-text">{words.score(duty.score, words.standing[duty.standing])}</span>
        </span>
        <Icon name={open ? 'up' : 'down'} size={13} />
      </button>
      {open && <DutyMeasures duty={duty} />}
    </li>
  )
}

/** The bar with a tick where it stood a month ago. */
function DutyBar({ score, before, tone }: { score: number; before: number | null; tone: Tone }) {
  return (
    <span className="duty-bar" aria-hidden="true">
      <span style={{ inlineSize: `${score}%`, background: `var(--${tone}-fill)` }} />
      {before !== null && before !== score && <i style={{ insetInlineStart: `${before}%` }} />}
    </span>
  )
}

function Trend({ change }: { change: number | null }) {
  if (change === null) return <span className="duty-trend" />
  const said = change > 0 ? words.up(change) : change < 0 ? words.down(-change) : words.same
  return (
    <span className="duty-trend number small" title={said}>
      <span aria-hidden="true">{change > 0 ? `↗ +${change}` : change < 0 ? `↘ −${-change}` : '→'}</span>
      <span className="hidden-text">{said}</span>
    </span>
  )
}
