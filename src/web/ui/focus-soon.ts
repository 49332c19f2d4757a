// Focus for something that may still be on its way.
const MOST_MS = 10_000

/** Focuses what is found, now or as soon as it is on the page; not any more once somebody has gone on to something else. */
export function focusSoon(selector: string): void {
  const find = () => document.querySelector<HTMLElement>(selector)
  const there = find()
  if (there) return there.focus()
  const from = document.activeElement
  const watch = new MutationObserver(() => {
    const now = find()
    if (!now && document.activeElement === from) return
    stop()
    now?.focus()
  })
  const timer = setTimeout(() => watch.disconnect(), MOST_MS)
  function stop() {
    watch.disconnect()
    clearTimeout(timer)
  }
  watch.observe(document.body, { childList: true, subtree: true })
}
