// Being at a record: a heartbeat says so and hears who else is; writing is told as well.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { RecordInfo, Ref, Row } from '../data/contract.ts'
import { call } from '../data/http.ts'
import { useHere, type Changed } from '../data/live.ts'
import { useKeepsUnsent } from './unsent.ts'

export interface Present {
  person: Ref
  isWriting: boolean
  since: string
}
type Stay = 'here' | 'writing' | 'gone'

const beatMs = 20_000
/** Who pauses for longer has stopped writing. */
const writingMs = 6_000
/** This window among those of the same person. */
const tab = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`

let typedAt = 0
let heardTyping = () => {}

/** Call at each key in a comment or a field. */
export function noteTyping(): void {
  typedAt = Date.now()
  heardTyping()
}

/** Everybody else who is at this record now. Nobody is told that an administrator looks with another's eyes. */
export function useStay(record: RecordInfo, row: Row, isEditing: boolean): readonly Present[] {
  const { name } = record
  const { id, number } = row
  const isOn = useKeepsUnsent()
  const { people, tell, now } = useTelling(number)
  useEffect(() => (isOn ? beating({ isEditing, tell, now }) : undefined), [isOn, isEditing, tell, now])
  useEffect(() => {
    if (!isOn) return
    return () => {
      typedAt = 0
      void tell('gone')
    }
  }, [isOn, tell])
  useHere(
    useCallback(
      (came: Changed) => {
        if (isOn && came.some(([kind, which]) => kind === name && which === id)) void tell(now.current)
      },
      [isOn, name, id, tell, now],
    ),
  )
  return people
}

interface Telling {
  people: readonly Present[]
  tell: (stay: Stay) => Promise<void>
  /** What was told last. */
  now: { current: Stay }
}

function useTelling(number: string): Telling {
  const [people, setPeople] = useState<readonly Present[]>([])
  const now = useRef<Stay>('here')
  const tell = useCallback(
    async (stay: Stay) => {
      // Nobody is at a page that is not looked at; what is heard there must not say so either.
      if (stay !== 'gone' && document.visibilityState !== 'visible') return
      try {
        const { body } = await call<{ items: Present[] }>('/presence', {
          method: 'POST',
          body: { on: number, tab, stay },
          ...(stay === 'gone' ? { keepalive: true } : {}),
        })
        if (stay !== 'gone') setPeople(body.items)
      } catch {
        // Whoever cannot be told now is told with the next beat.
      }
    },
    [number],
  )
  return { people, tell, now }
}

/** Tells at once what changes, and again every while. Answers the function that ends it. */
function beating({ isEditing, tell, now }: Pick<Telling, 'tell' | 'now'> & { isEditing: boolean }): () => void {
  const look = () => {
    const stay: Stay = isEditing || Date.now() - typedAt < writingMs ? 'writing' : 'here'
    if (stay === now.current) return false
    now.current = stay
    void tell(stay)
    return true
  }
  const beat = () => void tell(now.current)
  const leave = () => void tell('gone')
  const turn = () => (document.visibilityState === 'visible' ? beat() : leave())
  if (!look()) beat()
  heardTyping = () => void look()
  const timers = [setInterval(beat, beatMs), setInterval(look, writingMs / 2)]
  window.addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', turn)
  return () => {
    for (const timer of timers) clearInterval(timer)
    window.removeEventListener('pagehide', leave)
    document.removeEventListener('visibilitychange', turn)
    heardTyping = () => {}
  }
}
