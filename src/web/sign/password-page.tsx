// Sets a password by a link. The key stands after the # and never leaves this page but to be used.
import { Button, PasswordInput } from '@mantine/core'
import '@mantine/core/styles/PasswordInput.layer.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../data/http.ts'
import { Problem } from '../data/problem.ts'
import { signInWords } from '../messages/sign-in.ts'
import { Alert } from '../security/alert.tsx'
import { useTitle } from '../ui/title.ts'
import { SignFrame } from './frame.tsx'

const words = signInWords.link

export function PasswordPage() {
  const link = location.hash.slice(1)
  const [password, setPassword] = useState('')
  const [refusal, setRefusal] = useState<unknown>(null)
  const [state, setState] = useState<'open' | 'busy' | 'done'>('open')
  useTitle(words.title)
  const look = useQuery({
    queryKey: ['password-link', link],
    queryFn: async () => (await call<{ name: string; email: string; passwordLength: number }>('/password-link/look', { method: 'POST', body: { link } })).body, // oxfmt-ignore
    enabled: link !== '',
    retry: false,
  })
  async function save(event: React.FormEvent) {
    event.preventDefault()
    setState('busy')
    try {
      await call('/password-link/use', { method: 'POST', body: { link, password } })
      history.replaceState(null, '', location.pathname)
      setState('done')
    } catch (error) {
      setRefusal(error)
      setState('open')
    }
  }
  const errors = refusal instanceof Problem ? refusal.byField : {}
  const isFieldError = errors['password'] !== undefined
  if (state === 'done')
    return (
      <SignFrame title={words.title} text={words.done}>
        <Button size="sm" variant="filled" component="a" href="/login">
          {words.toSignIn}
        </Button>
      </SignFrame>
    )
  if (link === '') return <SignFrame title={words.title} text={words.none} />
  if (look.error) return <SignFrame title={words.title} text={look.error.message} />
  return (
    <SignFrame title={words.title} {...(look.data ? { text: words.for(look.data.name, look.data.email) } : {})}>
      {look.data && (
        <form className="stack" onSubmit={(event) => void save(event)}>
          <input type="hidden" name="username" autoComplete="username" value={look.data.email} readOnly />
          <PasswordInput
            size="sm"
            label={words.password}
            description={words.help(look.data.passwordLength)}
            name="password"
            autoComplete="new-password"
            required
            autoFocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={errors['password']}
          />
          {!isFieldError && <Alert of={refusal} />}
          <Button size="sm" type="submit" variant="filled" loading={state === 'busy'}>
            {words.save}
          </Button>
        </form>
      )}
    </SignFrame>
  )
}
