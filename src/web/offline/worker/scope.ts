// What the browser hands to a service worker, as far as ours uses it: the library of a page's types does not know it.

export interface LastingEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
export interface FetchEvent extends LastingEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
export interface PushedEvent extends LastingEvent {
  readonly data: { text(): string } | null
}
/** Not every browser says which it was, or made the new one itself (Push API, 10.3). */
export interface ChangedEvent extends LastingEvent {
  readonly oldSubscription?: Pick<PushSubscription, 'endpoint'> | null
}
export interface ClickEvent extends LastingEvent {
  readonly notification: Notification
}
export interface OpenPage {
  readonly url: string
  focus(): Promise<unknown>
}
export interface WorkerScope extends EventTarget {
  readonly clients: {
    claim(): Promise<void>
    matchAll(of: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly OpenPage[]>
    openWindow(address: string): Promise<unknown>
  }
  readonly registration: Pick<ServiceWorkerRegistration, 'showNotification' | 'pushManager'>
  skipWaiting(): Promise<void>
}
