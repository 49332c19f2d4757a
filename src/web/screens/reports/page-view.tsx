// A report as it will print: the one page of screen and paper. Every figure leads to the list behind it.
import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { listAddress, recordNamed, useModel } from '../../data/model.ts'
import { dayText, instantText, numberText } from '../../fields/format.ts'
import { reportWords } from '../../messages/reports.ts'
import { Markdown } from '../../ui/markdown.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { useBehind } from './behind.ts'
import { GroupsView } from './groups-view.tsx'
import type { Figure, Page, Part, ShownPage, TablePart } from './contract.ts'
import { cellText, changeText, measuredText, sumTexts, toneOf } from './values.ts'
import './reports.css'

const words = reportWords.page

interface PageViewProps {
  shown: ShownPage
  /** In the builder: marks the chosen block, and chooses one. */
  chosen?: string | null
}

export function PageView({ shown, chosen = null }: PageViewProps) {
  const { page, leftOut } = shown
  return (
    <article className="report-page" aria-label={page.title}>
      <header>
        <h2 className="report-title">{page.title}</h2>
        <p className="quiet">
          {page.organisation} · {dayText(page.from)} – {dayText(page.to)},{' '}
          {words.compared(dayText(page.beforeFrom), dayText(page.beforeTo))}
        </p>
        {page.description && <p>{page.description}</p>}
        {leftOut > 0 && <p className="quiet small">{words.leftOut(leftOut)}</p>}
      </header>
      {page.blocks.length === 0 && <p className="quiet">{words.empty}</p>}
      {page.blocks.map((part) => (
        <section key={part.id} className="report-part" data-chosen={part.id === chosen || undefined}>
          <PartView part={part} />
        </section>
      ))}
      <PrintFoot page={page} seal={shown.seal} />
    </article>
  )
}

/** On paper: where it stands, and when it was made. */
function PrintFoot({ page, seal }: { page: Page; seal: string | undefined }) {
  return (
    <footer className="report-foot small quiet">
      <span>{words.made(instantText(page.madeAt), page.madeBy)}</span>
      <span className="print-only">{window.location.href}</span>
      <span className="print-only">{instantText(new Date().toISOString())}</span>
      {seal && <span className="print-only">{seal}</span>}
    </footer>
  )
}

function PartView({ part }: { part: Part }) {
  switch (part.kind) {
    case 'heading':
      return part.level === 1 ? <h3 className="report-h1">{part.text}</h3> : <h3 className="report-h2">{part.text}</h3>
    case 'text':
      return (
        <Suspense fallback={<p>{part.text}</p>}>
          <Markdown text={part.text} />
        </Suspense>
      )
    case 'withheld':
      return <p className="quiet report-withheld">{part.because}</p>
    case 'figures':
      return (
        <>
          {part.title !== '' && <h3 className="report-h2">{part.title}</h3>}
          <ul className="plain report-tiles">
            {part.items.map((figure) => (
              <Tile key={figure.id} figure={figure} />
            ))}
          </ul>
        </>
      )
    case 'table':
      return <TableView part={part} />
    default:
      return <GroupsView part={part} />
  }
}

function Tile({ figure }: { figure: Figure }) {
  const to = useBehind()(figure.list)
  const text = measuredText(figure.value, figure.unit)
  const change = changeText(figure)
  return (
    <li className="report-tile">
      <p className="small quiet">{figure.label}</p>
      <p className="figure number">
        {to && figure.value !== null ? (
          <Link {...to} aria-label={`${figure.label}: ${text}`}>
            {text}
          </Link>
        ) : (
          text
        )}
      </p>
      {change !== '' && <p className={`small report-${toneOf(figure)}`}>{change}</p>}
      {figure.isBeyond && figure.comment === null && <p className="small report-explain">▲ {words.explain}</p>}
      {figure.comment !== null && <p className="report-comment">{figure.comment}</p>}
    </li>
  )
}

function TableView({ part }: { part: TablePart }) {
  const model = useModel()
  const behind = useBehind()(part.list)
  const kind = recordNamed(model, part.list.record)
  const all = words.some(numberText(part.rows.length), numberText(part.total))
  return (
    <>
      {part.title !== '' && <h3 className="report-h2">{part.title}</h3>}
      {part.rows.length === 0 ? (
        <p className="quiet">{words.nothing}</p>
      ) : (
        <Scroll label={part.title || part.columns.map(({ label }) => label).join(', ')}>
          <table className="facts report-table">
            <thead>
              <tr>
                {part.columns.map((column) => (
                  <th key={column.name} scope="col" data-number={isNumber(column.kind) || undefined}>
                    {column.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {part.rows.map((row) => (
                <tr key={row.number}>
                  {row.cells.map((cell, at) => {
                    const column = part.columns[at]
                    const text = cellText(column, cell)
                    return (
                      <td key={column?.name ?? at} data-number={isNumber(column?.kind ?? '') || undefined}>
                        {column?.name === 'number' && kind ? (
                          <Link to={`${listAddress(kind)}/${row.number}`}>{text}</Link>
                        ) : (
                          text
                        )}
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {sumTexts(part).map((text) => (
        <p key={text} className="small number">
          {text}
        </p>
      ))}
      <p className="small quiet">{behind ? <Link {...behind}>{words.openList(all)}</Link> : all}</p>
    </>
  )
}
function isNumber(kind: string): boolean {
  return kind === 'number' || kind === 'duration' || kind === 'money'
}
