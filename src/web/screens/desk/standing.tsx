// Under an incident's head: what whoever works on it must know first — somebody is away, it is major, it was merged, what the requester said.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Ref } from '../../data/contract.ts'
import { addressOf, recordNamed, stateOf, useModel } from '../../data/model.ts'
import { attempt, write } from '../../data/writes.ts'
import { isRef } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import { State } from '../../ui/state.tsx'
import type { PanelProps } from '../panels.ts'
import { aroundOf } from './contract.ts'
import { Notice } from './notice.tsx'
import { Reported, StillOpen } from './reported.tsx'
import './desk.css'

const words = messages.desk

export function Panel({ record, row }: PanelProps) {
  const { warnings, majorIncident, survey } = aroundOf(row)
  const merged = row['duplicateOf']
  return (
    <div className="stack" style={{ gap: 'var(--space-2)' }}>
      {warnings.map(({ because }) => (
        <Notice key={because} tone="warn">
          {because}
        </Notice>
      ))}
      <StillOpen {...{ record, row }} />
      <Reported {...{ record, row }} />
      {majorIncident && <Major major={majorIncident} />}
      {isRef(merged) && <Merged to={merged} {...{ record, row }} />}
      {survey && (
        <Notice
          tone={survey.score === null ? 'info' : survey.score >= 4 ? 'good' : survey.score === 3 ? 'warn' : 'bad'}
        >
          {survey.score === null ? words.surveyOpen : words.surveyScore(survey.score)}
          {survey.link && <a href={survey.link}>{words.surveyOpenLink}</a>}
        </Notice>
      )}
    </div>
  )
}

function Major({ major }: { major: { number: string; title: string; status: string } }) {
  const record = recordNamed(useModel(), 'majorIncident')
  const state = record && stateOf(record, major.status)
  if (!record) return null
  return (
    <Notice tone={state?.tone === 'good' || state?.tone === 'none' ? 'none' : 'bad'}>
      <b>{words.majorRunning}</b>
      {state && <State tone={state.tone}>{state.label}</State>}
      <Link to={addressOf(record, major.number)}>
        {major.number} {major.title}
      </Link>
    </Notice>
  )
}

function Merged({ record, row, to }: PanelProps & { to: Ref }) {
  const unmerge = () =>
    attempt(() =>
      write(
        record.plural,
        `/incidents/${row.id}/unmerge`,
        { method: 'POST', body: {}, rev: row.rev ?? null },
        words.unmerged,
      ),
    )
  return (
    <Notice tone="info">
      {words.mergedInto}
      <Link to={addressOf(record, to.number)}>
        {to.number} {to.title}
      </Link>
      {row.can?.update && (
        <Button size="compact-xs" onClick={() => void unmerge()}>
          {words.unmerge}
        </Button>
      )}
    </Notice>
  )
}
