// What the page at an address is, in sentences: for records from their declaration, for everything else from the catalogue.
import type { Model } from '../data/contract.ts'
import { helpWords } from '../messages/help.ts'
import { messages } from '../messages/messages.ts'
import { sections } from '../settings/sections.ts'
import { screens } from '../screens/registry.ts'
import { chapterOf, type Chapter } from './chapters.ts'

export interface Help {
  readonly title: string
  readonly lines: readonly string[]
  readonly chapter: Chapter
}
const words = helpWords.pages

export function helpOf(path: string, model: Model): Help {
  const [, place = '', name = '', rest] = path.split('/')
  const chapter = chapterOf(place, name)
  if (place === 'settings') {
    const section = sections.find((one) => one.name === (name || 'preferences'))
    return { title: section?.label ?? messages.settings.title, lines: [words.settings], chapter }
  }
  const record = model.records.find((one) => one.plural === name)
  if (record) {
    const lines = [record.about, record.emptyText === record.about ? '' : record.emptyText]
    const how = rest === undefined ? words.list : rest === 'new' ? words.form : rest === 'import' ? words.import : words.record // oxfmt-ignore
    return { title: record.labelPlural, lines: [...lines, how].filter(Boolean), chapter }
  }
  const own = Object.entries(words.own).find(([start]) => path.startsWith(start))
  const screen = screens.find((one) => one.path === path)
  return { title: screen?.label ?? messages.product, lines: [own?.[1] ?? words.other], chapter }
}
