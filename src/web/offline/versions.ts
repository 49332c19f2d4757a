// Which version of the application is here: installs the service worker, and knows when a newer version waits.
import { workerAddress } from '../ui/trusted-html.ts'

const LOOK_EVERY_MS = 60 * 60_000
const PATIENCE_MS = 5_000
const TAKE_OVER_MS = 3_000
const listeners = new Set<() => void>()
let newer = false
let isAsked = false
let installed: ServiceWorkerRegistration | undefined

export function subscribeToVersions(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
export function isNewerThere(): boolean {
  return newer
}

/** Installs the worker where the browser has such a thing (over TLS, or on this machine), and looks for newer versions from now on. */
export async function watchVersions(): Promise<void> {
  if (!import.meta.env.PROD || installed !== undefined || !('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  // The type knows text alone; browsers with Trusted Types take what the policy made.
  const address = workerAddress() as string
  const registration = await serviceWorker.register(address, { updateViaCache: 'none' }).catch(() => undefined)
  if (!registration) return // browsers may be told to allow none
  installed = registration
  serviceWorker.addEventListener('controllerchange', () => {
    if (isAsked) location.reload()
    else void look(serviceWorker.controller)
  })
  registration.addEventListener('updatefound', () => {
    const arriving = registration.installing
    arriving?.addEventListener('statechange', () => void (arriving.state === 'installed' && look(registration.waiting)))
  })
  void look(registration.waiting)
  setInterval(() => void registration.update().catch(() => {}), LOOK_EVERY_MS)
}

/** Brings the newer version; what is typed and not yet saved is lost, so the person says when. */
export function takeNewer(): void {
  isAsked = true
  if (!installed?.waiting) return location.reload()
  installed.waiting.postMessage('take-over')
  // A worker that is at work still is not replaced, for minutes at times. A reload brings the newer page all the same, and frees it.
  setTimeout(() => location.reload(), TAKE_OVER_MS)
}

async function look(worker: ServiceWorker | null): Promise<void> {
  const entry = worker && (await entryOf(worker))
  if (!worker || !entry) return
  const isThis = entry === pageEntry()
  if (isThis && worker.state === 'installed') worker.postMessage('settle')
  if (newer === !isThis) return
  newer = !isThis
  for (const listener of listeners) listener()
}

/** Null from one that does not answer. */
function entryOf(worker: ServiceWorker): Promise<string | null> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', (event: MessageEvent<string>) => resolve(event.data))
    port1.start()
    worker.postMessage('entry', [port2])
    setTimeout(() => resolve(null), PATIENCE_MS)
  })
}
function pageEntry(): string {
  const script = document.querySelector<HTMLScriptElement>('script[type=module][src]')
  return script ? new URL(script.src).pathname : ''
}
