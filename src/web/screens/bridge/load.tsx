// Open work: incidents by priority, my own, my teams', and who is away.
import { Link } from '@tanstack/react-router'
import { linkTo } from '../../data/link.ts'
import { addressOf, recordNamed, useModel } from '../../data/model.ts'
import type { Tone } from '../../data/contract.ts'
import { dayText, numberText } from '../../fields/format.ts'
import { bridgeWords } from '../../messages/bridge.ts'
import { Grade, Sign } from '../../ui/state.tsx'
import type { Bridge, WorkLine } from './contract.ts'
import { NextStep } from './next-step.tsx'
import { Panel } from './panel.tsx'

const words = bridgeWords.bridge
const tones: Record<string, Tone> = { P1: 'bad', P2: 'warn', P3: 'info', P4: 'none' }

export function OpenIncidents({ open }: { open: Bridge['work']['open'] }) {
  const most = Math.max(1, ...open.map((line) => line.count))
  const none = open.every((line) => line.count === 0)
  return (
    <Panel
      title={words.open.title}
      about={words.open.about}
      link={none ? null : { label: words.open.all, address: '/desk/incidents?view=open' }}
    >
      {none ? (
        <NextStep text={words.open.none} record="incident" label={words.open.first} />
      ) : (
        <ul className="plain bridge-lines">
          {open.map(({ priority, count, link }) => {
            const tone = tones[priority] ?? 'none'
            return (
              <li key={priority}>
                <Link {...linkTo(link)} className="bridge-line">
                  <span className="open-grade">
                    <Grade tone={count > 0 ? tone : 'none'}>{priority}</Grade>
                  </span>
                  <span className="open-bar" aria-hidden="true">
                    <span style={{ inlineSize: `${(count / most) * 100}%`, background: `var(--${tone}-fill)` }} />
                  </span>
                  <span className="number">{numberText(count)}</span>
                  <span className="hidden-text">{words.open.line(count)}</span>
                </Link>
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}

export function MyWork({ lines }: { lines: WorkLine[] }) {
  return (
    <Panel title={words.mine.title}>
      {lines.length === 0 ? <p className="quiet bridge-empty">{words.mine.none}</p> : <Lines lines={lines} />}
    </Panel>
  )
}

export function Teams({ lines }: { lines: WorkLine[] }) {
  return (
    <Panel title={words.teams.title} about={words.teams.about}>
      {lines.length === 0 ? (
        <NextStep text={words.teams.none} record="team" label={words.teams.first} />
      ) : (
        <Lines lines={lines} />
      )}
    </Panel>
  )
}

function Lines({ lines }: { lines: WorkLine[] }) {
  return (
    <ul className="plain bridge-lines">
      {lines.map((line) => (
        <li key={line.label} className="bridge-line">
          <Link {...linkTo(line.link)} className="bridge-what">
            {line.label}
          </Link>
          {line.late > 0 && (
            <Link
              {...linkTo(line.lateLink)}
              className="tone-bad small"
              aria-label={words.mine.lateOf(line.late, line.label)}
            >
              <Sign tone="bad" />
              {words.mine.late(line.late)}
            </Link>
          )}
          <Link {...linkTo(line.link)} className="number line-count" aria-label={`${line.label}: ${line.count}`}>
            {numberText(line.count)}
          </Link>
        </li>
      ))}
    </ul>
  )
}

export function Away({ away }: { away: Bridge['work']['away'] }) {
  const persons = recordNamed(useModel(), 'person')
  return (
    <Panel title={words.away.title}>
      {away.length === 0 ? (
        <NextStep text={words.away.none} record="absence" label={words.away.first} />
      ) : (
        <ul className="plain bridge-lines">
          {away.map(({ id, name, until, deputy }) => (
            <li key={id} className="bridge-line">
              <span className="bridge-what away">
                {persons ? <Link to={addressOf(persons, `P-${id}`)}>{name}</Link> : name}
                <span className="quiet small">{deputy ? words.away.deputy(deputy) : words.away.noDeputy}</span>
              </span>
              <span className="quiet small">{words.away.until(dayText(until))}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
