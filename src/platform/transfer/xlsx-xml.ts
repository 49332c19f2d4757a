/** XML of a workbook as events. Declared entities and document types are refused: no workbook has them, only attacks do. */
import { SaxesParser } from 'saxes'
import { say } from '#engines/say.ts'
import { UnreadableFile, damaged } from './unreadable.ts'

export interface XmlEvents {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
}

const longestSilence = 8 * 1024 ** 2
const deepest = 64

export class XmlFeed {
  #parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false })
  #part: string
  #silence = 0
  #depth = 0
  #fault: Error | null = null

  constructor(part: string, events: XmlEvents) {
    this.#part = part
    this.#parser.on('error', (fault) => {
      this.#fault ??= fault
    })
    this.#parser.on('doctype', () => {
      throw entities(part)
    })
    this.#parser.on('opentag', (tag) => {
      this.#enter()
      events.open?.(local(tag.name), tag.attributes)
    })
    this.#parser.on('closetag', (tag) => {
      this.#silence = 0
      this.#depth--
      events.close?.(local(tag.name))
    })
    if (events.text) this.#parser.on('text', (text) => events.text?.(text))
    if (events.text) this.#parser.on('cdata', (text) => events.text?.(text))
  }

  /** @throws UnreadableFile damaged, xml-entities */
  write(text: string): void {
    this.#silence += text.length
    if (this.#silence > longestSilence)
      throw new UnreadableFile(
        'damaged',
        say`The workbook's part ${this.#part} has one text of more than 8 million characters. Save the sheet as CSV and import that.`,
      )
    this.#guarded(() => this.#parser.write(text))
  }

  end(): void {
    this.#guarded(() => this.#parser.close())
  }

  #enter(): void {
    this.#silence = 0
    if (++this.#depth > deepest)
      throw new UnreadableFile(
        'damaged',
        say`The workbook's part ${this.#part} is nested ${deepest} deep, as no workbook is. Save the sheet as CSV and import that.`,
      )
  }

  #guarded(step: () => unknown): void {
    try {
      step()
    } catch (cause) {
      throw damaged(say`The workbook's part ${this.#part}`, cause)
    }
    if (this.#fault) throw damaged(say`The workbook's part ${this.#part}`, this.#fault)
  }
}

/** Reads a whole part. */
export async function readXml(part: string, text: AsyncIterable<string>, events: XmlEvents): Promise<void> {
  const feed = new XmlFeed(part, events)
  for await (const chunk of text) feed.write(chunk)
  feed.end()
}

function local(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

function entities(part: string): UnreadableFile {
  return new UnreadableFile(
    'xml-entities',
    say`The workbook's part ${part} declares a document type, as files made to attack a reader do. Save the sheet as CSV and import that.`,
  )
}
