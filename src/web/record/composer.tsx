// Writes a comment or an internal note, with files by paste, drop or button. What is typed survives a reload of the page.
import { ActionIcon, Button } from '@mantine/core'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { FullRow, RecordInfo } from '../data/contract.ts'
import { attempt, refresh } from '../data/writes.ts'
import { addressOf, useMe, useModel } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { DropArea, FileButton } from '../ui/drop.tsx'
import { Icon } from '../ui/icon.tsx'
import { panelsOf } from '../screens/panels.ts'
import { late } from '../ui/late.ts'
import { draftKeyOf } from './draft-here.ts'
import { useFirstHand } from './first-hand.ts'
import { noteTyping } from './stay.ts'
import { typedSince } from './typed-since.ts'
import { dropUnsent, keepUnsent, useKeepsUnsent, useUnsent } from './unsent.ts'
import type { Progress } from './upload.ts'
import { UploadLine } from './upload-line.tsx'

const picker = () => import('../notices/mention-picker.tsx')
const MentionPicker = lazy(() => picker().then(({ MentionPicker: component }) => ({ default: component })))
const sending = late(() => import('./send-comment.ts'))
/** What writing needs; where it cannot be loaded now, it is asked for again when it is needed. */
const prepare = () => void Promise.all([picker(), sending.load()]).catch(() => {})

interface Kept {
  body: string
  internal: boolean
}

/** Hands over, once, what was typed here before, perhaps on another device. */
function useKeptComment(row: FullRow, take: (kept: Kept) => void) {
  const kept = useUnsent(row)?.find(({ part }) => part === 'comment')
  const latest = useRef(take)
  latest.current = take
  const isTaken = useRef(false)
  useEffect(() => {
    if (kept === undefined || isTaken.current) return
    isTaken.current = true
    latest.current(kept.value as Kept) // as it is kept below
  }, [kept])
}

export function Composer({ record, row }: { record: RecordInfo; row: FullRow }) {
  const draftKey = draftKeyOf(useMe(), record.name, row.id)
  useFirstHand(prepare)
  const [body, setBody] = useState(() => sessionStorage.getItem(draftKey) ?? '')
  const [internal, setInternal] = useState(false)
  const latest = useRef({ body, internal })
  latest.current = { body, internal }
  const isKept = useKeepsUnsent()
  const [files, setFiles] = useState<File[]>([])
  const [busy, setBusy] = useState(false)
  const [progress, setProgress] = useState<Progress | null>(null)
  const words = messages.composer
  const { records } = useModel()
  const pathOf = (number: string) => {
    const kind = records.find(({ prefix, place }) => place !== '' && number.startsWith(`${prefix}-`))
    return kind ? addressOf(kind, number) : null
  }
  const place = { on: row.number, part: 'comment' }
  function change(text: string, isInternal = internal) {
    setBody(text)
    setInternal(isInternal)
    sessionStorage.setItem(draftKey, text)
    if (!isKept) return
    if (text.trim() === '') return dropUnsent(place)
    noteTyping()
    keepUnsent(place, { body: text, internal: isInternal } satisfies Kept, null)
  }
  useKeptComment(row, (kept) => {
    if (body === '') setBody(kept.body)
    if (body === '' || body === kept.body) setInternal(kept.internal)
  })
  async function send() {
    if (busy || (body.trim() === '' && files.length === 0)) return
    setBusy(true)
    await attempt(async () => {
      const { sendComment } = await sending.load()
      const onAttached = (file: File) => setFiles((left) => left.filter((one) => one !== file))
      await sendComment(record, row, { body, internal, files, pathOf, tell: setProgress, onAttached })
      const now = latest.current
      change(typedSince(body, now.body), now.internal)
      refresh(record.plural)
    })
    setBusy(false)
  }
  return (
    <DropArea
      label={words.label}
      className="composer"
      onFiles={(dropped) => setFiles((before) => [...before, ...dropped])}
    >
      <textarea
        id="composer"
        className="text-box composer-text"
        aria-label={words.label}
        placeholder={words.placeholder}
        value={body}
        rows={Math.min(16, Math.max(2, body.split('\n').length))}
        data-internal={internal || undefined}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            void send()
          }
        }}
      />
      {body.includes('@') && (
        <Suspense fallback={null}>
          <MentionPicker record={record} row={row} of="composer" text={body} onChange={change} />
        </Suspense>
      )}
      {files.length > 0 && (
        <ul className="plain tags composer-files">
          {files.map((file) => (
            <li key={file.name} className="tag">
              <Thumb file={file} />
              {file.name}{' '}
              <ActionIcon
                size={24}
                aria-label={words.removeFile(file.name)}
                onClick={() => setFiles(files.filter((one) => one !== file))}
              >
                <Icon name="close" size={12} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <UploadLine progress={progress} />
      <div className="row">
        <FileButton multiple onFiles={(chosen) => setFiles((before) => [...before, ...chosen])}>
          {(open) => (
            <Button variant="subtle" leftSection={<Icon name="clip" />} onClick={open}>
              {words.attach}
            </Button>
          )}
        </FileButton>
        {panelsOf(record, 'composer', row).map(({ name, component: Panel }) => (
          <Panel
            key={name}
            record={record}
            row={row}
            insert={(text) => change(body.trim() === '' ? text : `${body.trimEnd()}\n\n${text}`)}
          />
        ))}
        <label className="row composer-internal">
          <input
            type="checkbox"
            className="check"
            checked={internal}
            onChange={(event) => change(body, event.currentTarget.checked)}
          />
          {words.internal}
        </label>
        <span className="quiet small composer-readers">{internal ? words.internalHelp : words.readers}</span>
        <Button
          variant="filled"
          onClick={() => void send()}
          loading={busy}
          disabled={body.trim() === '' && files.length === 0}
        >
          {internal ? words.sendNote : words.send}
        </Button>
      </div>
    </DropArea>
  )
}

/** A chosen picture, small, before it is sent. */
function Thumb({ file }: { file: File }) {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!file.type.startsWith('image/')) return
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return url && <img className="composer-thumb" src={url} alt="" />
}
