// The greeting by the time of day where the person is, and the date in words.
import { messages } from '../../messages/messages.ts'

interface Who {
  name: string
  zone: string
  locale: string
}

/** `now` decides: morning until noon, afternoon until six. Greets by first name. */
export function greeting(now: Date, { name, zone, locale }: Who): { words: string; date: string } {
  const { morning, afternoon, evening } = messages.bridge
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone: zone }).format(now),
  )
  const first = name.split(' ')[0] ?? name
  const say = hour < 12 ? morning : hour < 18 ? afternoon : evening
  const date = new Intl.DateTimeFormat(locale || 'en-GB', { dateStyle: 'full', timeZone: zone }).format(now)
  return { words: say(first), date }
}
