// Enters the value of a day by hand, with what it was computed from.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { FullRow, Row } from '../../data/contract.ts'
import { Problem, sentenceOf } from '../../data/problem.ts'
import { refresh, write } from '../../data/writes.ts'
import { messages } from '../../messages/messages.ts'
import './improvement.css'

const words = messages.measures

/** "1.234,5" is not guessed at: a comma or a point is the decimal sign. Null for anything else. */
function numberIn(text: string): number | null {
  const clean = text.trim().replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(clean) ? Number(clean) : null
}

interface EnterValueProps {
  measure: FullRow
  unit: string
  /** The values that are there already: a day has one, which a second one replaces. */
  known: readonly Row[]
}

export function EnterValue({ measure, unit, known }: EnterValueProps) {
  const [on, setOn] = useState(() => new Date().toISOString().slice(0, 10))
  const [value, setValue] = useState('')
  const [evidence, setEvidence] = useState('1')
  const [problem, setProblem] = useState<unknown>(null)
  const errors = problem instanceof Problem ? problem.byField : {}
  const said = { value: numberIn(value), evidence: numberIn(evidence) }
  const there = known.find((row) => row['on'] === on)
  async function enter(event: React.FormEvent) {
    event.preventDefault()
    if (said.value === null || said.evidence === null) return
    try {
      setProblem(null)
      const body = { measure: measure.id, on, value: said.value, evidence: said.evidence }
      if (there === undefined) await write('measurements', '/measurements', { method: 'POST', body }, words.saved)
      else
        await write(
          'measurements',
          `/measurements/${there.id}`,
          { method: 'PATCH', body: { value: body.value, evidence: body.evidence }, rev: there.rev ?? null },
          words.replaced,
        )
      refresh('measures')
      setValue('')
    } catch (error) {
      setProblem(error)
    }
  }
  return (
    <form className="enter-value stack" onSubmit={(event) => void enter(event)} noValidate>
      <h2>{words.enter}</h2>
      <div className="enter-fields">
        <TextInput
          type="date"
          label={words.day}
          value={on}
          error={errors['on']}
          onChange={(event) => setOn(event.currentTarget.value)}
        />
        <TextInput
          label={`${words.value}${unit ? ` (${unit})` : ''}`}
          value={value}
          inputMode="decimal"
          error={value !== '' && said.value === null ? words.valueWrong : errors['value']}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <TextInput
          label={words.count}
          value={evidence}
          inputMode="numeric"
          error={said.evidence === null ? words.countWrong : errors['evidence']}
          onChange={(event) => setEvidence(event.currentTarget.value)}
        />
        <Button type="submit" variant="filled" disabled={said.value === null || said.evidence === null || on === ''}>
          {there === undefined ? words.save : words.replace}
        </Button>
      </div>
      {problem !== null && (
        <p role="alert" className="error-text">
          {sentenceOf(problem)}
        </p>
      )}
    </form>
  )
}
