// Which day lies under the pointer: entries cover cells of several days, so the place counts and not the element that was hit.

interface At {
  clientX: number
  clientY: number
}

export function dayUnder({ clientX, clientY }: At): string | null {
  for (const element of document.elementsFromPoint(clientX, clientY))
    if (element instanceof HTMLElement && element.dataset['day']) return element.dataset['day']
  return null
}

/** The day at which an entry that begins (in this week) on `first` was taken hold of. */
export function grabbedDay(first: string, event: React.DragEvent): string {
  return dayUnder(event) ?? first
}
