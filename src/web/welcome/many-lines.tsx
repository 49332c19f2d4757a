// Several records from lines of text, pasted or typed: each line is written by itself, and what was refused stays in the box with its reason.
import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { sentenceOf } from '../data/problem.ts'
import { welcomeWords } from '../messages/welcome.ts'
import { Sign } from '../ui/state.tsx'
import { say } from '../ui/toast.tsx'

const words = welcomeWords.lines
const MOST = 200

interface ManyLinesProps {
  label: string
  help: string
  placeholder: string
  button: string
  /** Writes one line, cut at tabs and semicolons. @throws what refused it */
  write: (cells: readonly string[]) => Promise<unknown>
  onDone: () => void
}
interface Refused {
  readonly line: string
  readonly because: string
}

export function ManyLines({ label, help, placeholder, button, write, onDone }: ManyLinesProps) {
  const [text, setText] = useState('')
  const [refused, setRefused] = useState<readonly Refused[]>([])
  const [left, setLeft] = useState(0)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  async function send(event: React.FormEvent) {
    event.preventDefault()
    if (left > 0 || lines.length === 0) return
    const found: Refused[] = []
    for (const [at, line] of lines.slice(0, MOST).entries()) {
      setLeft(lines.length - at)
      const cells = line.split(/[\t;]/).map((cell) => cell.trim())
      await write(cells).catch((error: unknown) => found.push({ line, because: sentenceOf(error) }))
    }
    setLeft(0)
    setRefused(found)
    setText([...found.map(({ line }) => line), ...lines.slice(MOST)].join('\n'))
    const written = Math.min(lines.length, MOST) - found.length
    if (written > 0) say(words.written(written))
    onDone()
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <Textarea
        label={label}
        description={help}
        placeholder={placeholder}
        value={text}
        autosize
        minRows={4}
        maxRows={12}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {refused.length > 0 && (
        <ul className="plain" role="alert">
          {refused.map(({ line, because }, at) => (
            <li key={at} className="small">
              <Sign tone="bad" /> <b>{line}</b>: {because}
            </li>
          ))}
        </ul>
      )}
      <div className="row">
        <Button type="submit" disabled={lines.length === 0} loading={left > 0}>
          {button}
        </Button>
        {lines.length > MOST && <span className="quiet small">{words.tooMany(MOST)}</span>}
        {left > 0 && (
          <span role="status" className="quiet small">
            {words.left(left)}
          </span>
        )}
      </div>
    </form>
  )
}
