// The builder: the blocks on the left, the page as it will print in the middle, what the chosen block is made of on the right. Saved as one goes.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { FullRow } from '../../data/contract.ts'
import { call, read } from '../../data/http.ts'
import { recordNamed, useModel } from '../../data/model.ts'
import { Problem, sentenceOf } from '../../data/problem.ts'
import { queryClient, rowQuery } from '../../data/queries.ts'
import { refresh } from '../../data/writes.ts'
import { messages } from '../../messages/messages.ts'
import { reportWords } from '../../messages/reports.ts'
import { useTitle } from '../../ui/title.ts'
import { BlockForm } from './block-form.tsx'
import { BlockList } from './block-list.tsx'
import type { Block, ShownPage } from './contract.ts'
import { blocksIn } from './contract.ts'
import { PageView } from './page-view.tsx'
import './reports.css'

const words = reportWords.builder
const pauseMs = 500

export function Screen() {
  const { number = '' } = useParams({ strict: false })
  const known = recordNamed(useModel(), 'report') !== null
  const row = useQuery({ ...rowQuery('reports', number), enabled: known })
  useTitle(words.title(row.data ? String(row.data['name']) : number))
  if (!known || row.error)
    return (
      <div className="page">
        <h1>
          {row.error instanceof Problem && row.error.status !== 404
            ? sentenceOf(row.error)
            : messages.errors.noRecord(number)}
        </h1>
      </div>
    )
  return row.data ? <Builder key={row.data.id} row={row.data} /> : null
}

type Saved = 'saved' | 'saving' | 'notSaved'

function Builder({ row }: { row: FullRow }) {
  const [blocks, setBlocks] = useState(() => blocksIn(row['blocks']))
  const [chosen, setChosen] = useState<string | null>(() => blocks[0]?.id ?? null)
  const { saved, problem, rev } = useSaved(row, blocks)
  const page = useQuery({
    queryKey: ['screen', 'report-page', row.id, rev],
    queryFn: ({ signal }) => read<ShownPage>(`/reports/${row.id}/page`, signal),
    placeholderData: (before) => before,
  })
  const block = blocks.find(({ id }) => id === chosen) ?? null
  const change = (next: Block) => setBlocks((now) => now.map((one) => (one.id === next.id ? next : one)))
  return (
    <div className="page">
      <header className="spread">
        <h1>{words.title(String(row['name']))}</h1>
        <div className="row">
          <span className="quiet small" role="status">
            {words[saved]}
          </span>
          <Button component={Link} to={`/reports/reports/${row.number}`}>
            {words.back}
          </Button>
        </div>
      </header>
      {problem !== null && (
        <p role="alert" className="error-text">
          {sentenceOf(problem)}
        </p>
      )}
      <div className="builder">
        <BlockList blocks={blocks} chosen={chosen} onChoose={setChosen} onChange={setBlocks} />
        <section aria-label={words.page}>
          {page.data ? (
            <PageView shown={page.data} chosen={chosen} />
          ) : (
            <p className="quiet">{reportWords.page.loading}</p>
          )}
        </section>
        <section className="panel builder-form" aria-label={words.source}>
          <header>
            <h2>{words.source}</h2>
          </header>
          {block === null ? (
            <p className="quiet">{words.choose}</p>
          ) : (
            <BlockForm key={block.id} block={block} blocks={blocks} onChange={change} />
          )}
        </section>
      </div>
    </div>
  )
}

/** Sends the blocks once the person pauses; one request at a time, each with the revision of the one before. */
function useSaved(row: FullRow, blocks: readonly Block[]): { saved: Saved; problem: unknown; rev: number } {
  const [saved, setSaved] = useState<Saved>('saved')
  const [problem, setProblem] = useState<unknown>(null)
  const [rev, setRev] = useState(row.rev ?? 0)
  const sent = useRef(blocks)
  const now = useRef(rev)
  const busy = useRef<Promise<void>>(Promise.resolve())
  useEffect(() => {
    if (sent.current === blocks) return
    setSaved('saving')
    const send = async () => {
      try {
        const { body } = await call<FullRow>(`/reports/${row.id}`, {
          method: 'PATCH',
          body: { blocks },
          rev: now.current,
        })
        now.current = body.rev ?? now.current
        sent.current = blocks
        queryClient.setQueryData<FullRow>(rowQuery('reports', row.number).queryKey, (old) => old && { ...old, ...body })
        setProblem(null)
        setSaved('saved')
        setRev(now.current)
        refresh('reports')
      } catch (error) {
        setProblem(error)
        setSaved('notSaved')
      }
    }
    const timer = setTimeout(() => {
      busy.current = busy.current.then(send)
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [blocks, row.id, row.number])
  return { saved, problem, rev }
}
