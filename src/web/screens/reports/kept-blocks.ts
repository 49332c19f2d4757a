// The blocks under edit and the report that keeps them: sent when the person pauses, goes to another page, or leaves.
import { useEffect, useRef, useState } from 'react'
import type { FullRow } from '../../data/contract.ts'
import { call } from '../../data/http.ts'
import { queryClient, rowQuery } from '../../data/queries.ts'
import { onReturn } from '../../data/reach.ts'
import { attempt, refresh } from '../../data/writes.ts'
import { messages } from '../../messages/messages.ts'
import { currentIn } from '../../record/save.ts'
import { say } from '../../ui/toast.tsx'
import { isSameBlocks } from './block-order.ts'
import { blocksIn, type Block } from './contract.ts'
import { keeping, type Keeping, type Known, type Sent, type Standing } from './keeping.ts'

const pauseMs = 500
type Change = React.SetStateAction<Block[]>
/** The builders that are open here, by the report's id: what an Undo of an earlier visit changes, it changes there. */
const open = new Map<number, (change: Change) => void>()

export interface Kept {
  blocks: Block[]
  /** Also once the builder has been left, as by an Undo: then it changes what the report has by then. */
  change: (change: Change) => void
  standing: Standing<Block[]>
  /** That was saved last. */
  rev: number
  kept: Pick<Keeping<Block[]>, 'keepMine' | 'takeTheirs'>
}

export function useKept(row: FullRow): Kept {
  const [blocks, setBlocks] = useState(() => blocksIn(row['blocks']))
  const [rev, setRev] = useState(row.rev ?? 0)
  const [standing, setStanding] = useState<Standing<Block[]>>({ is: 'saved', rev })
  const [kept] = useState(() =>
    keeping(
      { value: blocks, rev },
      {
        pauseMs,
        isSame: isSameBlocks,
        send: (value, seen, isLast) => send(row, value, { rev: seen, isLast }),
        tell: (now) => {
          setStanding(now)
          if (now.is === 'saved') setRev(now.rev)
        },
      },
    ),
  )
  useEffect(() => kept.change(blocks), [kept, blocks])
  useEffect(() => {
    open.set(row.id, setBlocks)
    return () => void open.delete(row.id)
  }, [row.id])
  const change = (to: Change) => {
    const here = open.get(row.id)
    if (here) here(to)
    else void attempt(() => kept.flush().then(() => changeThere(row, to)))
  }
  const latest = useRef(blocks)
  latest.current = blocks
  useEffect(() => {
    const last = () => void kept.flush(true)
    const stop = onReturn(() => void kept.flush())
    window.addEventListener('pagehide', last)
    return () => {
      stop()
      window.removeEventListener('pagehide', last)
      // Whoever comes back before it has arrived goes on from here.
      inCache(row, { blocks: latest.current })
      void kept.flush()
    }
  }, [kept, row.number])
  const takeTheirs = () => {
    if (standing.is === 'asked') setBlocks(standing.theirs)
    kept.takeTheirs()
  }
  return { blocks, change, standing, rev, kept: { keepMine: kept.keepMine, takeTheirs } }
}

/** @throws Problem, also where somebody else was quicker */
async function changeThere(row: FullRow, change: Change): Promise<void> {
  const { body: now } = await call<FullRow>(`/reports/${row.id}`, { fresh: true })
  const { value, rev } = known(now)
  const blocks = typeof change === 'function' ? change(value) : change
  const { isStale } = await send(row, blocks, { rev, isLast: false })
  if (isStale) return changeThere(row, change)
  say(messages.record.undone)
}

async function send(
  row: FullRow,
  blocks: Block[],
  { rev, isLast }: { rev: number; isLast: boolean },
): Promise<Sent<Block[]>> {
  const leaving = isLast ? { keepalive: true as const } : {}
  try {
    const { body } = await call<FullRow>(`/reports/${row.id}`, { method: 'PATCH', body: { blocks }, rev, ...leaving })
    inCache(row, body)
    refresh('reports')
    return known(body)
  } catch (error) {
    const now = currentIn(error)
    if (now === null) throw error
    return { ...known(now), isStale: true }
  }
}
function known(row: FullRow): Known<Block[]> {
  return { value: blocksIn(row['blocks']), rev: row.rev ?? 0 }
}
function inCache(row: FullRow, by: Partial<FullRow>): void {
  queryClient.setQueryData<FullRow>(rowQuery('reports', row.number).queryKey, (now) => now && { ...now, ...by })
}
