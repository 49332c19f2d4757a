// What is kept on this device: a small database of the browser, one for whoever is signed in. Sixty lines of ours: a library would bring a second way of waiting for it.

export type Drawer = 'answers' | 'comments' | 'owner'
const NAME = 'pilothouse'
const VERSION = 1
let opened: Promise<IDBDatabase> | null = null

let isGuest = false
/** The session has ended in another window, and the browser was told to clear what it keeps: this page keeps nothing more. */
let isCleared = false

/** While an administrator looks at the demonstration nothing is kept, shown again or sent: what is here is of their own organisation. */
export function setGuest(is: boolean): void {
  isGuest = is
}
export function canKeep(): boolean {
  return canHold() && !isGuest && !isCleared
}
/** Only where the application can also be opened without the network: elsewhere nothing is kept. */
export function canHold(): boolean {
  return globalThis.isSecureContext && 'indexedDB' in globalThis && 'serviceWorker' in navigator
}

/** Does something in one drawer and waits until it is written. */
export async function inDrawer<T>(
  drawer: Drawer,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await (opened ??= open())
  return new Promise<T>((resolve, reject) => {
    const transaction = database.transaction(drawer, mode)
    const request = work(transaction.objectStore(drawer))
    transaction.addEventListener('complete', () => resolve(request.result))
    transaction.addEventListener('abort', () => reject(asError(transaction.error)))
  })
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION)
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore('answers', { keyPath: 'path' }).createIndex('at', 'at')
      request.result.createObjectStore('comments', { keyPath: 'key' })
      request.result.createObjectStore('owner')
    })
    request.addEventListener('success', () => {
      const database = request.result
      const forget = (): void => {
        opened = null
      }
      // Only the browser closes it in this way: when the server, or somebody by hand, tells it to clear what it keeps.
      database.addEventListener('close', () => {
        isCleared = true
        forget()
      })
      database.addEventListener('versionchange', () => {
        database.close()
        forget()
      })
      resolve(database)
    })
    request.addEventListener('error', () => {
      opened = null
      reject(asError(request.error))
    })
  })
}
function asError(error: DOMException | null): Error {
  return error ?? new Error('The browser keeps nothing.')
}
