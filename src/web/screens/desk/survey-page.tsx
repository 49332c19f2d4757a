// The public page behind a survey's link: one click answers, a sentence may be added. No sign-in.
import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { call, read } from '../../data/http.ts'
import { Problem, sentenceOf } from '../../data/problem.ts'
import { dayText } from '../../fields/format.ts'
import { deskReportWords } from '../../messages/desk-report.ts'
import { SignFrame } from '../../sign/frame.tsx'
import { useTitle } from '../../ui/title.ts'
import './survey.css'

interface OpenSurvey {
  incident: { number: string; subject: string }
  status: string
  expiresAt: string
}

const words = deskReportWords.survey

export function SurveyPage() {
  const { key = '' } = useParams({ strict: false })
  const address = `/survey/${encodeURIComponent(key)}`
  const survey = useQuery({
    queryKey: ['survey', key],
    queryFn: () => read<OpenSurvey>(address),
    retry: false,
    staleTime: Infinity,
  })
  const [state, setState] = useState<'asking' | 'thanked'>('asking')
  useTitle(words.title)
  if (survey.error) return <SignFrame title={words.title} text={sentenceOf(survey.error)} />
  if (!survey.data) return null
  const { incident, status, expiresAt } = survey.data
  if (state === 'thanked') return <SignFrame title={words.title} text={words.thanks} />
  if (status !== 'open') return <SignFrame title={words.title} text={words.answered} />
  return (
    <SignFrame title={words.title} text={`${words.about(incident.number)}: ${incident.subject}`}>
      <Question address={address} onDone={() => setState('thanked')} />
      <p className="quiet small">{words.until(dayText(expiresAt))}</p>
    </SignFrame>
  )
}

/** The answer is sent once and stays, so the click chooses and the button sends: a wrong tap can be mended. */
function Question({ address, onDone }: { address: string; onDone: () => void }) {
  const [score, setScore] = useState<number | null>(null)
  const [comment, setComment] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  async function send(event: React.FormEvent) {
    event.preventDefault()
    setBusy(true)
    try {
      await call(address, { method: 'POST', body: { score, comment: comment.trim() === '' ? null : comment.trim() } })
      onDone()
    } catch (refusal) {
      setError(refusal)
      setBusy(false)
      if (refusal instanceof Problem && refusal.status === 409) onDone()
    }
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <fieldset className="survey-scores">
        <legend className="hidden-text">{words.title}</legend>
        {words.scores.map((word, at) => (
          <label key={word}>
            <input
              type="radio"
              name="score"
              aria-label={words.scoreLabel(at + 1, word)}
              checked={score === at + 1}
              onChange={() => setScore(at + 1)}
            />
            <b className="number">{at + 1}</b>
            <span>{word}</span>
          </label>
        ))}
      </fieldset>
      {score !== null && (
        <>
          <Textarea
            size="sm"
            label={words.comment}
            minRows={3}
            maxLength={5000}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          {error !== null && (
            <p role="alert" className="error-text">
              {sentenceOf(error)}
            </p>
          )}
          <Button type="submit" size="sm" variant="filled" loading={busy}>
            {words.send}
          </Button>
        </>
      )}
    </form>
  )
}
