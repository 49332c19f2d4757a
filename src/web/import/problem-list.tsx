// What is wrong in the file, row by row, and both tables to take away: the problems, and the rows that were left out.
import { Button } from '@mantine/core'
import { numberText } from '../fields/format.ts'
import { importsWords } from '../messages/imports.ts'
import { Icon } from '../ui/icon.tsx'
import { Scroll } from '../ui/scroll.tsx'
import type { ImportInfo } from './contract.ts'

const words = importsWords.import

export function ProblemList({ info }: { info: ImportInfo }) {
  const { problems } = info
  const all = Math.max(info.counts?.problems ?? 0, problems.length)
  if (problems.length === 0) return <p className="quiet">{words.noProblems}</p>
  return (
    <section className="stack" aria-label={words.problems}>
      <h2>{words.problems}</h2>
      {all > problems.length && (
        <p>
          <b>{words.firstProblems(numberText(problems.length), numberText(all))}</b> {words.firstProblemsHelp}
        </p>
      )}
      {info.state !== 'undone' && <Downloads info={info} />}
      <Scroll label={words.problems} className="import-problems">
        <table className="facts">
          <thead>
            <tr>
              <th>{words.problemRow}</th>
              <th>{words.problemColumn}</th>
              <th>{words.problemValue}</th>
              <th>{words.problemBecause}</th>
              <th>{words.problemTodo}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((problem, at) => (
              <tr key={at}>
                <td className="number">{problem.row}</td>
                <td>{problem.column}</td>
                <td className="mono">{problem.value}</td>
                <td>{problem.because}</td>
                <td>{problem.todo}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}

/** Also of an import that is only checked: a file is best mended before anything is written. */
function Downloads({ info }: { info: ImportInfo }) {
  const to = (what: string) => `/api/v1/imports/${info.id}/${what}`
  return (
    <div className="stack">
      <div className="row">
        <Button component="a" href={to('problems')} download leftSection={<Icon name="export" />}>
          {words.problemsFile}
        </Button>
        {(info.counts?.failed ?? 0) > 0 && (
          <Button component="a" href={to('rejected')} download leftSection={<Icon name="export" />}>
            {words.rejectedFile}
          </Button>
        )}
      </div>
      {(info.counts?.failed ?? 0) > 0 && <p className="quiet small">{words.rejectedHelp}</p>}
    </div>
  )
}
