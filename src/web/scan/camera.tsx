// The camera: begins when it is asked to, looks for a code some times a second, and is switched off with the page.
import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { scanWords } from '../messages/scan.ts'
import { Icon } from '../ui/icon.tsx'
import { newReader } from './read-code.ts'

const LOOK_EVERY_MS = 150
const words = scanWords.camera
type State = 'off' | 'on' | 'denied' | 'none'

export function Camera({ onCode }: { onCode: (text: string) => void }) {
  const [state, setState] = useState<State>(() => ('mediaDevices' in navigator ? 'off' : 'none'))
  const video = useRef<HTMLVideoElement>(null)
  const latest = useRef(onCode)
  latest.current = onCode
  useEffect(() => {
    if (state !== 'on') return
    const stop = new AbortController()
    void look(stop.signal, video, (text) => latest.current(text)).then((reason) => {
      if (!stop.signal.aborted) setState(reason)
    })
    return () => stop.abort()
  }, [state])
  if (state === 'none') return <p className="quiet">{words.none}</p>
  if (state === 'denied') return <p className="quiet">{words.denied}</p>
  return state === 'on' ? (
    <div className="scan-camera">
      <video ref={video} muted playsInline aria-label={words.picture} />
      <Button onClick={() => setState('off')}>{words.stop}</Button>
    </div>
  ) : (
    <div>
      <Button variant="filled" leftSection={<Icon name="scan" />} onClick={() => setState('on')}>
        {words.start}
      </Button>
    </div>
  )
}

/** Until a code is found or `signal` says so. @returns what the camera is then */
async function look(
  signal: AbortSignal,
  video: React.RefObject<HTMLVideoElement | null>,
  onCode: (text: string) => void,
): Promise<State> {
  const stream = await navigator.mediaDevices
    .getUserMedia({ video: { facingMode: 'environment' }, audio: false })
    .catch((error: unknown) => (error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'none'))
  if (typeof stream === 'string') return stream
  try {
    const shown = video.current
    const reader = await newReader()
    if (shown === null) return 'off'
    shown.srcObject = stream
    await shown.play().catch(() => {})
    for (let look = 0; !signal.aborted; look++) {
      const { videoWidth: width, videoHeight: height } = shown
      const text = shown.readyState >= 2 ? await reader.read(shown, { width, height, look }) : null
      if (text !== null && !signal.aborted) {
        onCode(text)
        return 'off'
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    }
    return 'off'
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
}
