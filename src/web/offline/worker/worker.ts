// The service worker. Each kind of event has its line here; what people read and write is kept by the page (shelf.ts, outbox.ts).
import { answerTo, dropOldFiles, entry, keepFiles } from './files.ts'
import { openNotice, showNotice } from './notice.ts'
import { change, changeAgain } from './subscription.ts'
import type { ChangedEvent, ClickEvent, FetchEvent, LastingEvent, PushedEvent, WorkerScope } from './scope.ts'

// The browser runs this file in such a scope and nowhere else.
const scope = globalThis as unknown as WorkerScope

on<LastingEvent>('install', (event) => event.waitUntil(keepFiles()))
on<LastingEvent>('activate', (event) => event.waitUntil(dropOldFiles().then(() => scope.clients.claim())))
on<FetchEvent>('fetch', (event) => {
  const answer = answerTo(event.request)
  if (answer !== null) event.respondWith(answer)
})
on<MessageEvent<string> & LastingEvent>('message', (event) => {
  if (event.data === 'entry') event.ports[0]?.postMessage(entry)
  if (event.data === 'take-over') event.waitUntil(scope.skipWaiting())
  if (event.data === 'settle') event.waitUntil(settle())
  if (event.data === 'push-change') event.waitUntil(changeAgain(scope).then((is) => event.ports[0]?.postMessage(is)))
})

on<PushedEvent>('push', (event) => event.waitUntil(showNotice(scope, event.data?.text() ?? '')))
on<ClickEvent>('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openNotice(scope, event.notification.data))
})

on<ChangedEvent>('pushsubscriptionchange', (event) =>
  event.waitUntil(change(scope, event.oldSubscription?.endpoint ?? null)),
)

function on<E extends Event>(kind: string, listener: (event: E) => void): void {
  scope.addEventListener(kind, (event) => listener(event as E)) // what the browser sends under this name
}

/** The only open page is of this version already: nobody has to be asked. */
async function settle(): Promise<void> {
  const pages = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (pages.length <= 1) await scope.skipWaiting()
}
