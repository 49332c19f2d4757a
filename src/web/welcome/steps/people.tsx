// Step 2: who works here: some names at once, a file from HR, or the directory.
import { call } from '../../data/http.ts'
import { refresh } from '../../data/writes.ts'
import { welcomeWords } from '../../messages/welcome.ts'
import { ManyLines } from '../many-lines.tsx'
import { OtherWays, Standing } from '../standing.tsx'

const words = welcomeWords.people

export function Step() {
  return (
    <>
      <Standing of="person" />
      <ManyLines
        label={words.label}
        help={words.help}
        placeholder={words.placeholder}
        button={words.add}
        write={([name = '', email = '', jobTitle = '']) =>
          call('/persons', {
            method: 'POST',
            body: { name, ...(email ? { email } : {}), ...(jobTitle ? { jobTitle } : {}) },
          })
        }
        onDone={() => refresh('persons')}
      />
      <OtherWays
        ways={[
          { to: '/people/persons/import', label: words.file },
          { to: '/settings/providers', label: words.directory },
        ]}
      />
    </>
  )
}
