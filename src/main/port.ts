/** Whether we may listen where we are told to, asked before anything is begun: a start that cannot end well costs nothing. */
import { createServer } from 'node:net'
import type { Config } from '#platform/config.ts'

type Place = Pick<Config, 'host' | 'port'>

/** Listens for a moment. @throws an error with what to do */
export async function tryPort(place: Place): Promise<void> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portRefusal(error, place) ?? error))
    server.listen(place.port, place.host, resolve)
  })
  await new Promise((resolve) => server.close(resolve))
}

/** The sentence for an error of listening; null for any other. */
export function portRefusal(error: unknown, { host, port }: Place): Error | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE')
    return new Error(
      `Port ${port} on ${host} is in use. Stop what listens there, or choose another: PORT=7301 npm start`,
    )
  if (code === 'EACCES')
    return new Error(
      `This account may not listen on port ${port}. Choose one above 1023 and put a proxy in front: PORT=7300 npm start`,
    )
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new Error(
      `This machine has no address ${host}. Set HOST to 127.0.0.1 for this machine only, or 0.0.0.0 for the network.`,
    )
  return null
}
