// The person's preferences: theme, row height, single keys. Applied at once, kept on the server.
import { useMantineColorScheme, useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Me, Preferences } from '../data/contract.ts'
import { call } from '../data/http.ts'
import { meQuery, queryClient } from '../data/queries.ts'
import { attempt } from '../data/writes.ts'
import { browserLanguage, keepLanguage, speak } from '../messages/language.ts'

/** Changes preferences here first, then on the server. */
export async function prefer(change: Preferences): Promise<void> {
  queryClient.setQueryData<Me>(meQuery.queryKey, (me) => me && { ...me, preferences: { ...me.preferences, ...change } })
  await attempt(async () => {
    const { body } = await call<Me>('/me/preferences', { method: 'PATCH', body: change })
    queryClient.setQueryData<Me>(meQuery.queryKey, body)
  })
}

/** Lets the page look as preferred. */
export function useApplied({ theme, density }: Preferences): void {
  // Without this option Mantine writes an inline style for the moment of the change, which the content policy refuses.
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const latest = useRef(setColorScheme)
  latest.current = setColorScheme
  useEffect(() => {
    if (theme) latest.current(theme)
  }, [theme])
  useEffect(() => {
    document.documentElement.dataset['density'] = density ?? 'normal'
  }, [density])
}

/** Speaks the language that was chosen, or the browser's, and asks again for what the server says in words. */
export function useSpoken({ language = null }: Preferences): void {
  useEffect(() => {
    void attempt(async () => {
      keepLanguage(language)
      if (await speak(language ?? browserLanguage())) await askAgain()
    })
  }, [language])
}

/** Everything but the person, whose answer holds no words and may be older than what was just chosen. */
async function askAgain(): Promise<void> {
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== meQuery.queryKey[0] })
}

export function useIsDark(): boolean {
  return useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark'
}

export function useThemeToggle(): () => void {
  const dark = useIsDark()
  return () => void prefer({ theme: dark ? 'light' : 'dark' })
}
