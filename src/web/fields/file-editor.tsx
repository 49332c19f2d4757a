// Puts a file into a field: chosen, dropped or pasted, sent at once, kept in the record when that is saved.
import { Button, Input } from '@mantine/core'
import { useEffect, useId, useRef, useState } from 'react'
import { sentenceOf } from '../data/problem.ts'
import { messages } from '../messages/messages.ts'
import { uploadFile, type Progress } from '../record/upload.ts'
import { whileSending } from '../record/under-way.ts'
import { UploadLine } from '../record/upload-line.tsx'
import { DropArea, FileButton } from '../ui/drop.tsx'
import { Icon } from '../ui/icon.tsx'
import { isFile, sizeText } from './format.ts'
import type { EditorProps } from './input-props.ts'

const words = messages.files

/** The last file that was sent from here, and the picture of it. */
interface Sent {
  sha256: string
  file: File
}

export function FileEditor(props: EditorProps) {
  const { field, value, onChange, labelled = true } = props
  const [progress, setProgress] = useState<Progress | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [sent, setSent] = useState<Sent | null>(null)
  const latest = useRef(0)
  const errorId = useId()
  const most = field.mostBytes ?? Infinity
  const file = isFile(value) ? value : null
  const error = refusal ?? props.error ?? null
  async function take([chosen]: File[]) {
    if (chosen === undefined) return
    const turn = ++latest.current
    setRefusal(chosen.size > most ? words.tooLarge(chosen.name, sizeText(most)) : null)
    if (chosen.size > most) return
    try {
      const kept = await whileSending(field.name, () => uploadFile(chosen, setProgress))
      // Whoever chose another one meanwhile means that.
      if (turn !== latest.current) return
      const types = field.accept ?? []
      if (types.length > 0 && !types.some((one) => isOf(kept.type, one)))
        return setRefusal(words.misfit(kept.title, kept.type, types.join(', ')))
      setSent({ sha256: kept.sha256, file: chosen })
      onChange(kept)
    } catch (problem) {
      if (turn === latest.current) setRefusal(sentenceOf(problem))
    }
  }
  function remove() {
    latest.current++
    setRefusal(null)
    onChange(null)
  }
  const choose = file === null ? words.choose : words.replace
  return (
    <Input.Wrapper
      label={labelled ? field.label : undefined}
      labelElement="div"
      description={labelled ? (field.help ?? undefined) : undefined}
      withAsterisk={labelled && field.required === true}
    >
      <DropArea label={field.label} className="file-editor" onFiles={(files) => void take(files)}>
        {file !== null && (
          <p className="file-editor-name">
            <Icon name="clip" size={13} /> {file.title}{' '}
            <span className="quiet small number">{sizeText(file.size)}</span>
          </p>
        )}
        {file !== null && sent?.sha256 === file.sha256 && <Picture file={sent.file} />}
        <div className="row">
          <FileButton accept={field.accept?.join(',')} onFiles={(files) => void take(files)}>
            {(open) => (
              <Button
                name={field.name}
                size="compact-sm"
                leftSection={<Icon name="clip" size={13} />}
                aria-label={`${choose}: ${field.label}`}
                aria-describedby={error === null ? undefined : errorId}
                aria-invalid={error === null ? undefined : true}
                autoFocus={props.autoFocus}
                onClick={open}
              >
                {choose}
              </Button>
            )}
          </FileButton>
          {file !== null && (
            <Button size="compact-sm" variant="subtle" aria-label={`${words.remove}: ${file.title}`} onClick={remove}>
              {words.remove}
            </Button>
          )}
          <span className="quiet small">{words.orDrop}</span>
        </div>
        <UploadLine progress={progress} />
        {error !== null && (
          <p id={errorId} role="alert" className="editor-error-line">
            {error}
          </p>
        )}
      </DropArea>
    </Input.Wrapper>
  )
}

/** What the file is, the server has found in its bytes, whatever it is called. */
function isOf(type: string, wanted: string): boolean {
  const plain = type.split(';', 1)[0] ?? ''
  return wanted.endsWith('/*') ? plain.startsWith(wanted.slice(0, -1)) : plain === wanted
}

/** Of a picture that has just been chosen; it comes from this device. */
function Picture({ file }: { file: File }) {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!file.type.startsWith('image/')) return setUrl(null)
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return url && <img className="file-editor-picture" src={url} alt={file.name} />
}
