// An import that stopped half way: what it has written, going on with the rest, and taking it back.
import { Button } from '@mantine/core'
import { call } from '../data/http.ts'
import { attempt } from '../data/writes.ts'
import { numberText } from '../fields/format.ts'
import { importsWords } from '../messages/imports.ts'
import { Icon } from '../ui/icon.tsx'
import { State } from '../ui/state.tsx'
import type { ImportInfo } from './contract.ts'

const words = importsWords.import

/** How many records it has made or changed so far, those included that rows refer to. */
function writtenBy({ counts }: ImportInfo): number {
  const beside = Object.values(counts?.references ?? {}).reduce((sum, n) => sum + n, 0)
  return (counts?.create ?? 0) + (counts?.update ?? 0) + beside
}

/** @param again looks at the import once more */
export function Stopped({ info, again }: { info: ImportInfo; again: () => Promise<unknown> }) {
  const written = writtenBy(info)
  const isUntouched = written === 0 && (info.progress?.done ?? 0) === 0
  async function order(deed: 'run' | 'undo') {
    await attempt(() => call(`/imports/${info.id}/${deed}`, { method: 'POST' }))
    await again()
  }
  return (
    <section className="stack" aria-label={words.broke}>
      <p role="alert">
        <State tone="bad">
          {words.broke} {info.error}
        </State>
      </p>
      {isUntouched && <p>{words.nothingWritten}</p>}
      {written > 0 && <p>{words.writtenSoFar(written, numberText(written))}</p>}
      <div className="row">
        <Button variant="filled" onClick={() => void order('run')}>
          {words.goOn}
        </Button>
        {!isUntouched && (
          <Button leftSection={<Icon name="undo" />} onClick={() => void order('undo')}>
            {words.undo}
          </Button>
        )}
      </div>
      <p className="quiet small">
        {words.goOnHelp} {!isUntouched && words.undoHelp}
      </p>
    </section>
  )
}
