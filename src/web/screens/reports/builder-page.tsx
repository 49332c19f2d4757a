// The builder: the blocks on the left, the page as it will print in the middle, what the chosen block is made of on the right. Saved as one goes.
import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { FullRow } from '../../data/contract.ts'
import { read } from '../../data/http.ts'
import { recordNamed, useModel } from '../../data/model.ts'
import { Problem, sentenceOf } from '../../data/problem.ts'
import { rowQuery } from '../../data/queries.ts'
import { messages } from '../../messages/messages.ts'
import { reportWords } from '../../messages/reports.ts'
import { Fault } from '../../ui/fault.tsx'
import { useTitle } from '../../ui/title.ts'
import { BlockForm } from './block-form.tsx'
import { BlockList } from './block-list.tsx'
import type { Block, ShownPage } from './contract.ts'
import { useKept, type Kept } from './kept-blocks.ts'
import { PageView } from './page-view.tsx'
import './reports.css'

const words = reportWords.builder

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

function Builder({ row }: { row: FullRow }) {
  const { blocks, change: changeAll, standing, rev, kept } = useKept(row)
  const [chosen, setChosen] = useState<string | null>(() => blocks[0]?.id ?? null)
  const page = useQuery({
    queryKey: ['screen', 'report-page', row.id, rev],
    queryFn: ({ signal }) => read<ShownPage>(`/reports/${row.id}/page`, signal),
    placeholderData: keepPreviousData,
  })
  const block = blocks.find(({ id }) => id === chosen) ?? null
  const change = (next: Block) => changeAll((now) => now.map((one) => (one.id === next.id ? next : one)))
  return (
    <div className="page">
      <header className="spread">
        <h1>{words.title(String(row['name']))}</h1>
        <div className="row">
          <span className="quiet small" role="status">
            {words[standing.is === 'asked' ? 'notSaved' : standing.is]}
          </span>
          <Button component={Link} to={`/reports/reports/${row.number}`}>
            {words.back}
          </Button>
        </div>
      </header>
      <Trouble standing={standing} kept={kept} />
      <div className="builder">
        <BlockList blocks={blocks} chosen={chosen} onChoose={setChosen} onChange={changeAll} />
        <section aria-label={words.page}>
          {page.data && <PageView shown={page.data} chosen={chosen} />}
          {page.error && <Fault error={page.error} again={() => void page.refetch()} />}
          {page.isPending && <p className="quiet">{reportWords.page.loading}</p>}
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

/** Why nothing is kept now. Where somebody else has changed the blocks as well, the person chooses. */
function Trouble({ standing, kept }: Pick<Kept, 'standing' | 'kept'>) {
  if (standing.is === 'notSaved')
    return (
      <p role="alert" className="error-text">
        {sentenceOf(standing.problem)}
      </p>
    )
  if (standing.is !== 'asked') return null
  return (
    <div role="alert" className="row">
      <span>
        <b>{messages.merge.title}</b> {messages.merge.text}
      </span>
      <Button onClick={() => void kept.keepMine()}>{messages.merge.keepMine}</Button>
      <Button onClick={kept.takeTheirs}>{messages.merge.takeTheirs}</Button>
    </div>
  )
}
