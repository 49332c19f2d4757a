// Ten recovery codes, shown once.
import { Button } from '@mantine/core'
import { signInWords } from '../messages/sign-in.ts'
import { say } from '../ui/toast.tsx'

const words = signInWords.security

export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  return (
    <div role="status" className="stack">
      <p>{words.codesKeep}</p>
      <ul className="plain recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="row">
        <Button onClick={() => void navigator.clipboard.writeText(codes.join('\n')).then(() => say(words.copied))}>
          {words.copy}
        </Button>
        <Button variant="filled" onClick={onKept}>
          {words.codesKept}
        </Button>
      </div>
    </div>
  )
}
