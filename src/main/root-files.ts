/** The few files that browsers look for beside the pages: the service worker, the manifest and its icons. Read anew, so that a new build is served without a restart. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'

const TYPES: Readonly<Record<string, string>> = {
  'sw.js': 'text/javascript; charset=utf-8',
  'manifest.webmanifest': 'application/manifest+json; charset=utf-8',
  'icon-180.png': 'image/png',
  'icon-192.png': 'image/png',
  'icon-512.png': 'image/png',
  'icon-full-512.png': 'image/png',
}

/** @param web the folder of the built web application */
export function rootFiles(server: FastifyInstance, web: string): void {
  for (const [name, type] of Object.entries(TYPES))
    server.get(`/${name}`, async (_, reply) => {
      const content = await readFile(path.join(web, name)).catch(() => null) // gone while a build is under way
      if (content === null) return reply.callNotFound()
      return reply.type(type).header('Cache-Control', 'no-cache').send(content)
    })
}
