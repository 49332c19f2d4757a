// The application's own files, kept once per version: a page opens without the network, and an open page still finds its own parts after an update.

interface Build {
  readonly version: string
  /** The script that the page of this version begins with. */
  readonly entry: string
  readonly files: readonly string[]
}

/** Written into the built worker by vite.config.ts. */
const build = JSON.parse('__BUILD__') as Build
const PREFIX = 'pilothouse-files-'
const NAME = PREFIX + build.version
const AT_ONCE = 4
/** A network that is there and does not answer. */
const PATIENCE_MS = 6_000
/** What a proxy answers that finds no server. */
const AWAY = new Set([502, 503, 504])

export const { entry } = build

/** Keeps every file of this version; those of the version before are taken from there. @throws when one cannot be had: the worker is then tried again later */
export async function keepFiles(): Promise<void> {
  const page = await fetch('/', { headers: { accept: 'text/html' }, cache: 'no-store' })
  if (!page.ok || !(await page.clone().text()).includes(entry)) throw new Error('The page is of another version.')
  const cache = await caches.open(NAME)
  const queue = [...build.files]
  const work = async (): Promise<void> => {
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      const answer = (await kept(file)) ?? (await fetch(file))
      if (!answer.ok) throw new Error(`${file} answers ${answer.status}.`)
      await cache.put(file, answer)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  await cache.put('/', page)
}

/** Those of the version before stay: pages of it may still be open. */
export async function dropOldFiles(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME)
  for (const name of others.slice(0, -1)) await caches.delete(name)
}

/** Answers pages and their files; null for everything else, the API above all, which goes to the server as if nobody stood between. */
export function answerTo(request: Request): Promise<Response> | null {
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return null
  if (pathname.startsWith('/assets/')) return file(request)
  const isPage = request.mode === 'navigate' && !/^\/(api|files)\//.test(pathname) && !/\.\w{1,12}$/.test(pathname)
  return isPage ? page(request) : null
}

/** Always the server's own page while it answers, so that a reload brings the newest version. */
async function page(request: Request): Promise<Response> {
  const here = await caches.match('/', { cacheName: NAME, ignoreVary: true })
  if (here === undefined) return fetch(request)
  const asked = fetch(request).then(
    (answer) => (AWAY.has(answer.status) ? here : answer),
    () => here,
  )
  const tooLate = new Promise<Response>((resolve) => setTimeout(() => resolve(here), PATIENCE_MS))
  return Promise.race([asked, tooLate])
}

/** Names carry the hash of what is in them, so a kept one is always right. */
async function file(request: Request): Promise<Response> {
  const here = await kept(request.url)
  if (here !== undefined) return here
  const answer = await fetch(request)
  if (answer.ok) await (await caches.open(NAME)).put(request.url, answer.clone())
  return answer
}

function kept(address: string): Promise<Response | undefined> {
  return caches.match(address, { ignoreVary: true })
}
