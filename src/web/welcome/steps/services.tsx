// Step 3: what people rely on. A service from here is live, and answered for by whoever writes it down, until that is handed over.
import type { Row } from '../../data/contract.ts'
import { call } from '../../data/http.ts'
import { useMe } from '../../data/model.ts'
import { refresh } from '../../data/writes.ts'
import { welcomeWords } from '../../messages/welcome.ts'
import { ManyLines } from '../many-lines.tsx'
import { OtherWays, Standing } from '../standing.tsx'

const words = welcomeWords.services

export function Step() {
  const { person } = useMe()
  async function write([name = '', about = '']: readonly string[]) {
    const body = { name, kind: 'business', owner: person?.id ?? null, ...(about ? { about } : {}) }
    const made = (await call<Row>('/services', { method: 'POST', body })).body
    await call(`/services/${made.id}/launch`, { method: 'POST', body: {}, rev: made.rev ?? null })
  }
  return (
    <>
      <Standing of="service" />
      <ManyLines
        label={words.label}
        help={words.help}
        placeholder={words.placeholder}
        button={words.add}
        write={write}
        onDone={() => refresh('services')}
      />
      <OtherWays
        ways={[
          { to: '/estate/services/import', label: words.file },
          { to: '/desk/agreements/new', label: words.level },
        ]}
      />
    </>
  )
}
