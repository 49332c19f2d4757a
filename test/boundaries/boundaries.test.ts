// Who may import whom. The rule's reasons are in ARCHITECTURE.md; a failure here says which sentence was broken.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'

type Layer = 'main' | 'app' | 'domain' | 'kit' | 'engines' | 'messages' | 'platform' | 'web'

interface Import {
  from: string
  to: string
  isTypeOnly: boolean
  /** What stands between `import` and `from`. */
  names: string
}

const root = path.join(import.meta.dirname, '../..')

/** What each layer may use, and why not more. `web` may name the kit's types, nothing that runs. */
const mayImport: Record<Layer, { layers: Layer[]; because: string }> = {
  main: {
    layers: ['main', 'app', 'platform', 'kit', 'domain', 'engines'],
    because: 'main only puts the parts together',
  },
  app: {
    layers: ['app', 'platform', 'kit', 'domain', 'engines'],
    because: 'app is the one place that wires domains to each other',
  },
  domain: {
    layers: ['domain', 'kit', 'engines'],
    because: 'a domain speaks of its records; the outside reaches it through a port that the kit names',
  },
  kit: {
    layers: ['kit', 'engines'],
    because: 'the kit is the language: it knows no domain, and names what it needs of the platform as a port',
  },
  engines: { layers: ['engines'], because: 'engines are arithmetic: facts in, decisions out, no outside at all' },
  messages: {
    layers: ['messages', 'engines'],
    because: 'messages are texts by their English key: they know no program',
  },
  platform: {
    layers: ['platform', 'kit', 'engines', 'messages'],
    because: 'the platform implements the ports that the kit names and knows no domain',
  },
  web: {
    layers: ['web'],
    because: 'the screens are drawn from GET /api/v1/records; at run time they share nothing with the server',
  },
}

/** The packages that reach outside belong to the platform, so that everything else can be tested with facts alone. */
const platformOnly = [
  'pg',
  'pg-boss',
  'pino',
  'file-type',
  'csv-parse',
  'iconv-lite',
  'chardet',
  'yauzl',
  'yazl',
  'saxes',
  'openid-client',
  '@node-saml/node-saml',
  'ldapts',
]
const outside = /^node:(fs|net|http|https|tls|dgram|dns|child_process|cluster|worker_threads|os)(\/|$)/

const files = globSync('src/**/*.{ts,tsx}', { cwd: root }).filter((file) => !/\.test\.tsx?$/.test(file))
const imports = files.flatMap(importsOf)

describe('boundaries', () => {
  it('reads the sources: more than thirty modules and a hundred imports', () => {
    assert.ok(files.length > 30, `only ${files.length} modules were found below src`)
    assert.ok(imports.length > 100, `only ${imports.length} imports were read`)
  })

  it('lets each layer import only what lies below it', () => {
    assertNone(imports.filter(({ from }) => layerOf(from) !== null).flatMap(layerBreak))
  })

  it('reaches another folder by its name, not by ../', () => {
    const broken = imports.filter(({ from, to }) => to.startsWith('../') && layerOf(from) !== 'web')
    assertNone(
      broken.map(
        ({ from, to }) =>
          `${from} imports "${to}": name the folder (#kit/…, #engines/…, #platform/…, #people), so that the reader sees the layer.`,
      ),
    )
  })

  it('enters a domain by its front door', () => {
    assertNone(imports.flatMap(doorBreak))
  })

  it('has no circle among the domains', () => {
    const circle = findCircle(domainGraph())
    assert.equal(
      circle,
      null,
      `The domains import each other in a circle: ${circle?.join(' → ')}. Let app.ts wire the reaction instead.`,
    )
  })

  it('keeps the outside in the platform', () => {
    const inner = imports.filter(({ from }) => ['kit', 'engines', 'domain'].includes(layerOf(from) ?? ''))
    const broken = inner.filter(
      ({ to, names, isTypeOnly }) =>
        (outside.test(to) && !isArithmetic(names)) || (!isTypeOnly && platformOnly.includes(packageOf(to))),
    )
    assertNone(
      broken.map(
        ({ from, to }) =>
          `${from} imports "${to}": files, network, processes and their packages belong to src/platform; name a port in the kit.`,
      ),
    )
  })

  it('lets engines ask no clock and no dice', () => {
    const engines = files.filter((file) => layerOf(file) === 'engines')
    const broken = engines.filter((file) =>
      /\bDate\.now\(|new Date\(\)|Temporal\.Now\.|Math\.random\(/.test(withoutComments(file)),
    )
    assertNone(
      broken.map((file) => `${file} reads the clock or a random number: take the time or a seed as an argument.`),
    )
  })
})

/** node:net also holds functions that only look at a text. */
function isArithmetic(names: string): boolean {
  return /^\{\s*(isIP|isIPv4|isIPv6)(\s*,\s*(isIP|isIPv4|isIPv6))*\s*,?\s*\}$/.test(names)
}

function assertNone(sentences: readonly string[]): void {
  assert.equal(sentences.length, 0, `\n${sentences.join('\n')}`)
}

function layerBreak({ from, to, isTypeOnly }: Import): string[] {
  const own = layerOf(from)
  const target = targetOf(from, to)
  const other = target === null ? null : layerOf(target)
  if (own === null || other === null || mayImport[own].layers.includes(other)) return []
  if (own === 'web' && isTypeOnly && (other === 'kit' || other === 'engines')) return []
  return [`${from} (${own}) imports "${to}" (${other}): ${mayImport[own].because}.`]
}

function doorBreak({ from, to }: Import): string[] {
  const target = targetOf(from, to)
  const domain = target === null ? null : domainOf(target)
  if (target === null || domain === null || domain === domainOf(from)) return []
  if (target === `src/domains/${domain}/index.ts`) return []
  return [`${from} imports "${to}": the only public door of ${domain} is #${domain}.`]
}

function domainGraph(): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>()
  for (const { from, to } of imports) {
    const own = domainOf(from)
    const target = targetOf(from, to)
    const other = target === null ? null : domainOf(target)
    if (own === null || other === null || own === other) continue
    graph.set(own, (graph.get(own) ?? new Set<string>()).add(other))
  }
  return graph
}

function findCircle(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] | null {
  const visit = (node: string, trail: readonly string[]): string[] | null => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node]
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next, [...trail, node])
      if (circle) return circle
    }
    return null
  }
  for (const node of graph.keys()) {
    const circle = visit(node, [])
    if (circle) return circle
  }
  return null
}

/** The file an import leads to, from the root; null for a package. */
function targetOf(from: string, to: string): string | null {
  if (to.startsWith('.')) return path.join(path.dirname(from), to)
  if (!to.startsWith('#')) return null
  const [name = '', ...rest] = to.slice(1).split('/')
  return rest.length > 0 ? path.join('src', name, ...rest) : `src/domains/${name}/index.ts`
}

function layerOf(file: string): Layer | null {
  if (/^src\/main(\.ts$|\/)/.test(file)) return 'main'
  if (/^src\/[^/]+\.ts$/.test(file)) return 'app'
  const folder = /^src\/([^/]+)\//.exec(file)?.[1]
  if (folder === 'domains') return 'domain'
  return folder === 'kit' || folder === 'engines' || folder === 'messages' || folder === 'platform' || folder === 'web'
    ? folder
    : null
}

function domainOf(file: string): string | null {
  return /^src\/domains\/([^/]+)\//.exec(file)?.[1] ?? null
}

function packageOf(to: string): string {
  return to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/')
}

function importsOf(file: string): Import[] {
  const text = withoutComments(file)
  const found = text.matchAll(
    /^\s*(?:import|export)\s+(type\s+)?(?:([^'"]*?)\s+from\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm,
  )
  return [...found].map(([, type, names = '', named, dynamic]) => ({
    from: file,
    to: named ?? dynamic ?? '',
    isTypeOnly: type !== undefined,
    names: names.trim(),
  }))
}

function withoutComments(file: string): string {
  const text = readFileSync(path.join(root, file), 'utf8')
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
}
