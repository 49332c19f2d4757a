// Notices that come while the application is closed (web push): shown as they come, and a click opens what they are about.
import type { PushMessage } from '#kit/notices/pushes.ts'
import type { WorkerScope } from './scope.ts'

/** Browsers take away the right to be told from whoever shows nothing: what cannot be read is shown as news in the inbox. */
export async function showNotice({ registration }: WorkerScope, text: string): Promise<void> {
  const { title, body, path, tag, lang } = read(text)
  await registration.showNotification(title, { body, tag, lang, data: path, icon: '/icon-192.png', badge: '/icon-192.png' }) // oxfmt-ignore
}
/** An open page of it comes to the front; otherwise a new one opens, so that nothing is lost that is typed in another. */
export async function openNotice({ clients }: WorkerScope, path: unknown): Promise<void> {
  const address = addressOf(path)
  const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = pages.find(({ url }) => URL.parse(url)?.pathname === address)
  await (open === undefined ? clients.openWindow(address) : open.focus())
}

function read(text: string): PushMessage {
  try {
    const { title, body, path, tag, lang } = JSON.parse(text) as Partial<Record<keyof PushMessage, unknown>>
    const isWhole = typeof title === 'string' && typeof body === 'string' && typeof tag === 'string'
    if (isWhole) return { title, body, tag, path: addressOf(path), lang: typeof lang === 'string' ? lang : 'en' }
  } catch {
    // no message of ours
  }
  return { title: 'Pilothouse', body: '', path: '/inbox', tag: 'inbox', lang: 'en' }
}
/** Of this application alone. */
function addressOf(path: unknown): string {
  const address = typeof path === 'string' ? URL.parse(path, location.origin) : null
  return address?.origin === location.origin ? address.pathname : '/inbox'
}
