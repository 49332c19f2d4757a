// The first sign that somebody takes the mouse, the screen or the keyboard: from then on, what only a hand needs is loaded.
import { useEffect, useRef } from 'react'

const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const

/** Calls it once while the component is shown. */
export function useFirstHand(prepare: () => void): void {
  const latest = useRef(prepare)
  latest.current = prepare
  useEffect(() => {
    const end = () => {
      for (const sign of SIGNS) window.removeEventListener(sign, first)
    }
    function first() {
      end()
      latest.current()
    }
    for (const sign of SIGNS) window.addEventListener(sign, first, { passive: true })
    return end
  }, [])
}
