// Writes news for those whom a major incident affects: for whom, and when they hear more.
import { Button, Checkbox, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { FieldInfo } from '../../data/contract.ts'
import { fieldOf, recordNamed, useModel } from '../../data/model.ts'
import { attempt, refresh, write } from '../../data/writes.ts'
import { Editor } from '../../fields/late-editor.tsx'
import { messages } from '../../messages/messages.ts'
import type { PanelProps } from '../panels.ts'

const words = messages.desk

export function NewsComposer({ record, row }: PanelProps) {
  const kind = recordNamed(useModel(), 'news')
  const [message, setMessage] = useState('')
  const [audience, setAudience] = useState<unknown>('affected')
  const [nextAt, setNextAt] = useState<unknown>(null)
  const [isLast, setLast] = useState(false)
  const [busy, setBusy] = useState(false)
  if (!kind?.can.create) return null
  const field = (name: string, label: string, help: string): FieldInfo | null => {
    const found = fieldOf(kind, name)
    return found && { ...found, label, help }
  }
  const audienceField = field('audience', words.audience, '')
  const nextField = field('nextAt', words.nextAt, words.nextHelp)
  async function send() {
    if (message.trim() === '' || busy) return
    setBusy(true)
    const body = {
      major: row.id,
      message: message.trim(),
      audience,
      isLast,
      ...(nextAt === null || isLast ? {} : { nextAt }),
    }
    if (await attempt(() => write('news', '/news', { method: 'POST', body }, words.newsSent))) {
      setMessage('')
      setNextAt(null)
      setLast(false)
      refresh(record.plural)
    }
    setBusy(false)
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Textarea
        label={words.newsLabel}
        placeholder={words.newsPlaceholder}
        minRows={2}
        maxLength={2000}
        value={message}
        onChange={(event) => setMessage(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
        }}
      />
      <div className="form-pair">
        {audienceField && <Editor field={audienceField} value={audience} onChange={setAudience} />}
        {nextField && !isLast && <Editor field={nextField} value={nextAt} onChange={setNextAt} />}
      </div>
      <div className="spread">
        <Checkbox label={words.isLast} checked={isLast} onChange={(event) => setLast(event.currentTarget.checked)} />
        <Button type="submit" variant="filled" loading={busy} disabled={message.trim() === ''}>
          {words.newsSend}
        </Button>
      </div>
    </form>
  )
}
