/** Stopping without a failed request. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { closePort } from '#platform/close-port.ts'
import type { OpenAnswers } from '#platform/open-answers.ts'

/** What is still being answered then is cut off. */
const ANSWER_PATIENCE_MS = 8_000

/**
 * Says that it stops (/readyz, Connection: close), answers on while proxies turn away, takes nobody new, ends what it has.
 * @param drainSeconds how long proxies are given; see docs/proxy.md
 */
export async function leave(server: FastifyInstance, open: OpenAnswers, drainSeconds: number): Promise<void> {
  open.leave()
  await sleep(drainSeconds * 1000)
  await closePort(server.server)
  open.endStreams()
  await open.done(ANSWER_PATIENCE_MS)
  await server.close()
}
