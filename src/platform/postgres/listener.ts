// One connection for all LISTENs of the process. It comes back by itself, and says so: what was sent meanwhile is lost.
import pg from 'pg'
import type { ClientConfig } from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StopListening } from '#kit/database.ts'

interface Subscription {
  channel: string
  onPayload: (payload: string) => void
  onReconnect: () => void
}

const longestPauseMs = 5_000
const heartbeatMs = 15_000

export class Listener {
  readonly #config: ClientConfig
  readonly #onError: (error: Error) => void
  readonly #subscriptions = new Set<Subscription>()
  #client: Promise<pg.Client> | null = null
  #isClosed = false

  constructor(config: ClientConfig, onError: (error: Error) => void) {
    this.#config = config
    this.#onError = onError
  }

  /** Resolves when the server listens. `onReconnect` is called after each lost and regained connection. */
  async listen(
    channel: string,
    onPayload: (payload: string) => void,
    onReconnect: () => void = () => {},
  ): Promise<StopListening> {
    const subscription = { channel, onPayload, onReconnect }
    this.#subscriptions.add(subscription)
    this.#client ??= this.#connect()
    const client = await this.#client
    await client.query(`listen ${pg.escapeIdentifier(channel)}`)
    return () => this.#stop(subscription)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#subscriptions.clear()
    const client = await this.#client?.catch(() => null)
    await client?.end()
  }

  async #stop(subscription: Subscription): Promise<void> {
    this.#subscriptions.delete(subscription)
    const isWanted = [...this.#subscriptions].some(({ channel }) => channel === subscription.channel)
    if (isWanted || this.#isClosed) return
    const client = await this.#client
    await client?.query(`unlisten ${pg.escapeIdentifier(subscription.channel)}`)
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...this.#config, keepAlive: true })
    client.on('notification', ({ channel, payload }) => this.#deliver(channel, payload ?? ''))
    client.on('error', this.#onError)
    await client.connect()
    const beat = setInterval(() => heartbeat(client), heartbeatMs)
    beat.unref()
    client.once('end', () => {
      clearInterval(beat)
      if (!this.#isClosed) this.#client = this.#reconnect()
    })
    return client
  }

  async #reconnect(): Promise<pg.Client> {
    for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      await sleep(pauseMs, undefined, { ref: false })
      if (this.#isClosed) throw new Error('The listener was closed.')
      const client = await this.#tryAgain()
      if (client) return client
    }
  }

  async #tryAgain(): Promise<pg.Client | null> {
    try {
      const client = await this.#connect()
      const channels = new Set([...this.#subscriptions].map(({ channel }) => channel))
      for (const channel of channels) await client.query(`listen ${pg.escapeIdentifier(channel)}`)
      for (const subscription of this.#subscriptions) subscription.onReconnect()
      return client
    } catch (error) {
      this.#onError(error as Error)
      return null
    }
  }

  #deliver(channel: string, payload: string): void {
    for (const subscription of this.#subscriptions) {
      if (subscription.channel === channel) subscription.onPayload(payload)
    }
  }
}

/** A half-open connection reports nothing by itself; a statement that does not come back ends it. */
function heartbeat(client: pg.Client): void {
  const late = setTimeout(() => void client.end(), heartbeatMs / 2)
  late.unref()
  client.query('select 1').then(
    () => clearTimeout(late),
    () => clearTimeout(late),
  )
}
