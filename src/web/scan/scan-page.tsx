// Scan a code: with the camera, from a picture, or typed; each leads to the same look-up. Pictures never leave the device.
import { Button, TextInput } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { addressOf, recordNamed, useModel } from '../data/model.ts'
import { sentenceOf } from '../data/problem.ts'
import { scanWords } from '../messages/scan.ts'
import { FileButton } from '../ui/drop.tsx'
import { Icon } from '../ui/icon.tsx'
import { useTitle } from '../ui/title.ts'
import { Camera } from './camera.tsx'
import { lookUp, type Found } from './look-up.ts'
import { newReader } from './read-code.ts'
import './scan.css'

const words = scanWords

export function ScanPage() {
  const model = useModel()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [text, setText] = useState('')
  const [found, setFound] = useState<Found | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  useTitle(words.title)
  async function take(told: string) {
    setText(told)
    setTrouble(null)
    try {
      const where = await lookUp(told, model, location.origin)
      if (where.kind === 'address') return void navigate({ to: where.to })
      setFound(where)
    } catch (error) {
      setTrouble(sentenceOf(error))
    }
  }
  async function takePicture(file: File | undefined) {
    if (!file) return
    const picture = await createImageBitmap(file).catch(() => null)
    const reader = await newReader()
    const told = picture && (await reader.read(picture, { width: picture.width, height: picture.height }))
    if (told) return take(told)
    setFound(null)
    setTrouble(words.noCode(file.name))
  }
  return (
    <div className="page page-narrow scan-page">
      <h1>{words.title}</h1>
      <p className="quiet">{words.about}</p>
      <Camera onCode={(told) => void take(told)} />
      <div className="row">
        <FileButton accept="image/*" onFiles={([file]) => void takePicture(file)}>
          {(open) => (
            <Button leftSection={<Icon name="clip" />} onClick={open}>
              {words.picture}
            </Button>
          )}
        </FileButton>
      </div>
      <form
        className="row scan-typed"
        onSubmit={(event) => {
          event.preventDefault()
          void take(typed)
        }}
      >
        <TextInput
          label={words.typed}
          placeholder={words.typedExample}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="filled" disabled={typed.trim() === ''}>
          {words.lookUp}
        </Button>
      </form>
      <div role="status">
        {trouble && <p className="error-text">{trouble}</p>}
        {found?.kind === 'nothing' && <p>{words.nothing(text)}</p>}
        {found?.kind === 'elsewhere' && <p>{words.elsewhere(found.host)}</p>}
        {found?.kind === 'hits' && <p>{words.several(text, found.hits.length)}</p>}
      </div>
      {found?.kind === 'hits' && (
        <ul className="plain scan-hits">
          {found.hits.map((hit) => {
            const record = recordNamed(model, hit.record)
            return (
              record && (
                <li key={`${hit.record}-${hit.id}`}>
                  <Link to={addressOf(record, hit.number)}>
                    <b>{hit.number}</b> {hit.title} <span className="quiet">{hit.label}</span>
                  </Link>
                </li>
              )
            )
          })}
        </ul>
      )}
    </div>
  )
}
