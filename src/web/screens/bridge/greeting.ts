// The greeting by the time of day where the person is, and the date in words.
import { hourIn, instantIn } from '../../fields/format.ts'
import { bridgeWords } from '../../messages/bridge.ts'

interface Who {
  name: string
  zone: string
}

/** `now` decides: morning until noon, afternoon until six. Greets by first name. */
export function greeting(now: Date, { name, zone }: Who): { words: string; date: string } {
  const { morning, afternoon, evening } = bridgeWords.bridge
  const hour = hourIn(zone, now)
  const first = name.split(' ')[0] ?? name
  const say = hour < 12 ? morning : hour < 18 ? afternoon : evening
  return { words: say(first), date: instantIn(zone, now, null) }
}
