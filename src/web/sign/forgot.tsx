// A forgotten password: a link by mail where mail is set up, else whom to ask.
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call, read } from '../data/http.ts'
import { mailWords } from '../messages/mail.ts'
import { signInWords } from '../messages/sign-in.ts'
import { Alert } from '../security/alert.tsx'

const words = mailWords.forgot

export function Forgot({ email: typed }: { email: string }) {
  const offer = useQuery({
    queryKey: ['screen', 'password-reset'],
    queryFn: () => read<{ isOffered: boolean }>('/password-reset'),
    staleTime: 60_000,
  })
  const [email, setEmail] = useState(typed)
  const [minutes, setMinutes] = useState<number | null>(null)
  const [refusal, setRefusal] = useState<unknown>(null)
  async function send(event: React.FormEvent) {
    event.preventDefault()
    setRefusal(null)
    try {
      setMinutes((await call<{ minutes: number }>('/password-reset', { method: 'POST', body: { email } })).body.minutes)
    } catch (error) {
      setRefusal(error)
    }
  }
  if (offer.isPending) return null
  if (offer.data?.isOffered !== true) return <p className="quiet">{signInWords.door.forgotHelp}</p>
  if (minutes !== null) return <p role="status">{words.sent(minutes)}</p>
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <p className="quiet">{words.byMail}</p>
      <TextInput
        size="sm"
        label={words.email}
        type="email"
        autoComplete="email"
        required
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Alert of={refusal} />
      <Button size="sm" type="submit">
        {words.send}
      </Button>
    </form>
  )
}
