// What opens over a page takes the focus; when it goes, whoever was in the middle of something goes on there.
import { useEffect, useState } from 'react'

/** For what is taken off the page to be closed. Where the focus has gone elsewhere since, it stays there. */
export function useFocusBack(): void {
  // While it is drawn for the first time: afterwards the focus is inside.
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        const isNowhere = document.activeElement === null || document.activeElement === document.body
        if (isNowhere && before instanceof HTMLElement) before.focus()
      })
    },
    [before],
  )
}
