// Cards on the page: which one has the focus, and which lies beside it.
import type { Row } from '../data/contract.ts'

export interface CardPlace {
  element: HTMLElement
  row: Row
  /** Of its column. */
  column: string
}

/** The type under which a card travels while it is dragged. */
export const dragType = 'application/x-pilothouse-row'

/** What travels with a card: enough to write it. */
export function packed({ id, number, rev }: Row): string {
  return JSON.stringify({ id, number, rev })
}

/** Written by a card of this same application a moment ago. */
export function unpacked(text: string): Row | null {
  return text === '' ? null : (JSON.parse(text) as Row)
}

export function cardAt(target: EventTarget | null): CardPlace | null {
  const element = target instanceof HTMLElement ? target.closest<HTMLElement>('.board-card') : null
  const row = unpacked(element?.dataset['row'] ?? '')
  const column = element?.closest<HTMLElement>('.board-column')?.dataset['column']
  return element && row && column !== undefined ? { element, row, column } : null
}

/** Puts the focus on the card above or below, or at the same height in the next column that has one. */
export function cardBeside({ element }: CardPlace, key: string, across: number): void {
  const columns = [...document.querySelectorAll('.board-column')].map((column) => cardsIn(column))
  const at = columns.findIndex((cards) => cards.includes(element))
  const place = columns[at]?.indexOf(element) ?? 0
  if (across === 0) return focusCard(columns[at]?.[place + (key === 'ArrowDown' ? 1 : -1)])
  for (let next = at + across; next >= 0 && next < columns.length; next += across) {
    const cards = columns[next] ?? []
    if (cards.length > 0) return focusCard(cards[Math.min(place, cards.length - 1)])
  }
}

/** Whether the card is there. */
export function focusOn(number: string): boolean {
  const card = document.querySelector<HTMLElement>(`.board-card[data-number="${CSS.escape(number)}"]`)
  focusCard(card ?? undefined)
  return card !== null
}

function cardsIn(column: Element): HTMLElement[] {
  return [...column.querySelectorAll<HTMLElement>('.board-card')]
}

function focusCard(card: HTMLElement | undefined): void {
  card?.querySelector<HTMLElement>('a')?.focus()
}
