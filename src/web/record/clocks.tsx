// The clocks of a record: how much time is left, and line by line why it is due then.
import type { ClockInfo, Tone } from '../data/contract.ts'
import { durationText, roughDuration, instantFull, instantText } from '../fields/format.ts'
import { messages } from '../messages/messages.ts'
import { State } from '../ui/state.tsx'

const words = messages.clocks

function toneOf(clock: ClockInfo): Tone {
  if (clock.state === 'met') return 'good'
  if (clock.state === 'breached') return 'bad'
  if (clock.state === 'paused') return 'hold'
  if (clock.state === 'stopped') return 'none'
  return clock.remainingSeconds <= 0 ? 'bad' : clock.warnings?.some((warning) => warning.passed) ? 'warn' : 'info'
}

/** The server's figure at the time of reading; a screen that stays open reads again when anything changes. */
function clockWords(clock: ClockInfo): string {
  if (clock.state === 'running' || clock.state === 'breached') {
    const minutes = Math.round(Math.abs(clock.remainingSeconds) / 60)
    return clock.remainingSeconds < 0 ? words.late(roughDuration(minutes)) : words.left(roughDuration(minutes))
  }
  const left = roughDuration(Math.max(0, Math.round(clock.remainingSeconds / 60)))
  return clock.state === 'paused' ? `${words.paused}, ${words.left(left)}` : words[clock.state]
}

/** A clock that stands still promises no instant: the server says which it would be if it went on now. */
function dueWord({ state }: ClockInfo): string {
  return state === 'paused' ? words.dueIfResumed : words.due
}

export function ClockChip({ clock }: { clock: ClockInfo }) {
  return (
    <span title={clock.dueAt ? `${clock.label}: ${dueWord(clock)} ${instantFull(clock.dueAt)}` : clock.label}>
      <State tone={toneOf(clock)}>
        {clock.label}: {clockWords(clock)}
      </State>
    </span>
  )
}

export function Clocks({ clocks }: { clocks: readonly ClockInfo[] }) {
  return (
    <section className="panel">
      <header>
        <h2>{words.title}</h2>
      </header>
      <ul className="plain stack">
        {clocks.map((clock) => (
          <Clock key={clock.name} clock={clock} />
        ))}
      </ul>
    </section>
  )
}

function Clock({ clock }: { clock: ClockInfo }) {
  const tone = toneOf(clock)
  const used = clock.targetSeconds > 0 ? Math.min(100, Math.round((clock.usedSeconds / clock.targetSeconds) * 100)) : 0
  return (
    <li className="clock">
      <div className="spread">
        <span>{clock.label}</span>
        <State tone={tone}>{clockWords(clock)}</State>
      </div>
      <div
        className="clock-bar"
        role="meter"
        aria-label={clock.label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={used}
        aria-valuetext={`${words.used} ${durationText(clock.usedSeconds / 60)}, ${words.target} ${durationText(clock.targetSeconds / 60)}`}
      >
        <span style={{ inlineSize: `${used}%`, background: `var(--${tone}-fill)` }} />
        {clock.warnings?.map((warning) => (
          <i
            key={warning.fraction}
            style={{ insetInlineStart: `${warning.fraction * 100}%` }}
            title={`${words.warning(Math.round(warning.fraction * 100))}: ${instantText(warning.at)}`}
          />
        ))}
      </div>
      <p className="quiet small">
        {clock.dueAt && (
          <>
            {dueWord(clock)}{' '}
            <time dateTime={clock.dueAt} title={instantFull(clock.dueAt)}>
              {instantText(clock.dueAt)}
            </time>{' '}
            ·{' '}
          </>
        )}
        {words.target} {durationText(clock.targetSeconds / 60)}
      </p>
      {clock.because.length > 0 && (
        <details className="small">
          <summary>{words.why}</summary>
          <ol className="clock-why">
            {clock.because.map((line, at) => (
              <li key={at}>{line.text}</li>
            ))}
          </ol>
          {clock.agreement && (
            <p className="quiet">
              {words.agreement}: {clock.agreement.title}
            </p>
          )}
          {clock.calendar && (
            <p className="quiet">
              {words.calendar}: {clock.calendar.title}
            </p>
          )}
        </details>
      )}
    </li>
  )
}
