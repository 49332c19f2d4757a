// Step 2: what the server found in the file, so that a wrong encoding or separator is seen before anything is mapped.
import { numberText } from '../fields/format.ts'
import { Button } from '@mantine/core'
import { importsWords } from '../messages/imports.ts'
import type { StepProps } from './import-page.tsx'
import { Scroll } from '../ui/scroll.tsx'

const words = importsWords.import

export function FoundStep({ info, go }: StepProps) {
  const found = info.found
  if (!found) return null
  const separator = found.separator === '\t' ? words.tab : found.separator
  const facts = [
    [words.format, found.format.toUpperCase()],
    [words.encoding, found.encoding],
    [words.separator, separator],
    [words.sheet, found.sheet],
    [words.rows, numberText(found.rows)],
  ]
  return (
    <>
      <section className="panel">
        <dl className="import-facts">
          {facts
            .filter(([, value]) => value)
            .map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd className="number">{value}</dd>
              </div>
            ))}
        </dl>
      </section>
      <Scroll label={words.column}>
        <table className="facts">
          <thead>
            <tr>
              <th>{words.column}</th>
              <th>{words.samples}</th>
            </tr>
          </thead>
          <tbody>
            {found.columns.map((column) => (
              <tr key={column.name}>
                <th scope="row">{column.name}</th>
                <td className="quiet">{column.samples.slice(0, 3).join(' · ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <footer className="row">
        <Button onClick={() => go(0)}>{words.back}</Button>
        <Button variant="filled" onClick={() => go(2)}>
          {words.next}
        </Button>
      </footer>
    </>
  )
}
