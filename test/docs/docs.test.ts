// What is written about the product: links lead somewhere, generated pages are fresh, and it speaks of the product alone.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { RECORDS } from '#app'
import { commands } from '#main/commands.ts'

const root = path.join(import.meta.dirname, '../..')
/** Everything that is in the repository, as git has it. */
const files = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .stdout.toString()
  .split('\0')
  .filter((file) => file !== '' && existsSync(path.join(root, file)))
const pages = files.filter((file) => file.endsWith('.md'))
const text = (file: string): string => readFileSync(path.join(root, file), 'utf8')

describe('the documents', () => {
  it('are there', () => {
    for (const page of ['README.md', 'ARCHITECTURE.md', 'STYLE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE'])
      assert.ok(files.includes(page), `${page} is missing`)
    for (const domain of new Set(files.flatMap((file) => /^src\/domains\/([^/]+)\//.exec(file)?.[1] ?? [])))
      assert.ok(pages.includes(`src/domains/${domain}/README.md`), `the domain ${domain} does not say what it is for`)
  })

  it('link to files and headings that exist', () => {
    const broken: string[] = []
    for (const page of pages)
      for (const target of links(text(page))) {
        const [file = '', heading] = decodeURIComponent(target).split('#')
        const place = file === '' ? page : path.join(path.dirname(page), file)
        if (!existsSync(path.join(root, place))) broken.push(`${page} → ${target}`)
        else if (heading !== undefined && place.endsWith('.md') && !headings(text(place)).includes(heading))
          broken.push(`${page} → ${target}: no such heading`)
      }
    assert.deepEqual(broken, [])
  })

  it('name files and commands that exist', () => {
    const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> }
    const wrong: string[] = []
    for (const page of pages.filter((one) => !one.includes('decisions/'))) {
      for (const [, name = ''] of text(page).matchAll(/npm run ([\w:]+)/g))
        if (scripts[name] === undefined) wrong.push(`${page}: npm run ${name}`)
      for (const [, place = ''] of text(page).matchAll(/`((?:src|test|docs|scripts|bench)\/[\w./-]+)`/g))
        if (!existsSync(path.join(root, place))) wrong.push(`${page}: ${place}`)
    }
    assert.deepEqual(wrong, [])
  })

  it('name the commands that there are: the first page all of them, the others none that is not there', () => {
    const names = commands.map(({ name }) => name)
    const [, listed = ''] = /`npm run pilothouse -- <command>`: (.*?)\. Each/.exec(text('README.md')) ?? []
    assert.deepEqual([...listed.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name).toSorted(), names.toSorted())
    const shown = pages.flatMap((page) =>
      [...text(page).matchAll(/npm run pilothouse -- ([a-z][a-z -]*)/g)].map(([, words = '']) => `${page}: ${words}`),
    )
    assert.ok(shown.length > 5, `${shown.length} commands are shown`)
    const strange = shown.filter((one) => !names.some((name) => one.split(': ')[1]?.startsWith(name)))
    assert.deepEqual(strange, [])
  })

  it('of the guide are chapters in every language, each with its pictures, which are small', () => {
    const chapters = pages
      .flatMap((page) => /^docs\/guide\/(\w+)\.md$/.exec(page)?.[1] ?? [])
      .filter((name) => name !== 'README')
    const inProduct = /chapters = \[(.*)\]/.exec(text('src/web/help/chapters.ts'))?.[1]?.match(/\w+/g) ?? []
    assert.deepEqual(inProduct.toSorted(), chapters.toSorted())
    const shown = ['docs/guide', 'docs/guide/de'].flatMap((folder) =>
      chapters.flatMap((chapter) => picturesOf(folder, chapter, chapters)),
    )
    assert.deepEqual(files.filter((one) => /^docs\/guide\/.*\.png$/.test(one)).toSorted(), shown.toSorted())
    for (const picture of shown)
      assert.ok(statSync(path.join(root, picture)).size <= 60_000, `${picture} is larger than 60 kB`)
  })

  it('that are generated are fresh', () => {
    const check = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', 'scripts/generate.ts', '--check'],
      { cwd: root },
    )
    assert.equal(check.status, 0, `${check.stdout.toString()}${check.stderr.toString()}`)
    for (const { name } of RECORDS)
      assert.ok(existsSync(path.join(root, `docs/records/${name}.md`)), `${name} has no page`)
  })

  it('of a domain are a page at most', () => {
    for (const page of pages.filter((one) => one.startsWith('src/domains/')))
      assert.ok(text(page).split('\n').length <= 60, `${page} is longer than 60 lines`)
  })
})

/** Its pictures; what it links to are chapters, because the guide in the product has no other pages. */
function picturesOf(folder: string, chapter: string, chapters: readonly string[]): string[] {
  const page = `${folder}/${chapter}.md`
  assert.ok(pages.includes(page), `${page} is missing`)
  for (const [, target = ''] of text(page).matchAll(/\]\(([\w/]+)\.md\)/g))
    assert.ok(chapters.includes(target), `${page} → ${target}.md, which the guide in the product has not`)
  const found = [...text(page).matchAll(/^!\[(.*)\]\((.*)\)$/gm)]
  assert.ok(found.length > 0, `${page} shows no picture: npm run pictures -- guide`)
  for (const [, alt = '', name] of found) assert.ok(alt.length > 10, `${page}: ${name} does not say what it shows`)
  return found.map(([, , name = '']) => `${folder}/${name}`)
}

describe('the repository', () => {
  /** Built from pieces, so that this file does not find itself. */
  const forbidden: [RegExp, string][] = [
    [new RegExp(['/wo', 'rk/'].join('')), 'a path of one machine'],
    [new RegExp(['/ho', 'me/[a-z]'].join('')), 'a path of one machine'],
    [
      new RegExp(['https?://[\\w.-]*regis', 'try\\.(?!npmjs\\.org)[\\w.-]+'].join('')),
      'the host of a package registry',
    ],
    [
      new RegExp(['art', 'ifactory|nex', 'us/repository|verd', 'accio'].join(''), 'i'),
      'the host of a package registry',
    ],
    [
      new RegExp(
        [
          '\\bcl',
          'aude\\b|\\banth',
          'ropic\\b|\\bchat',
          'gpt\\b|\\bop',
          'enai\\b|\\bco',
          'pilot\\b|language mo',
          'del\\b|\\bLL',
          'M\\b',
        ].join(''),
        'i',
      ),
      'something that is not the product',
    ],
    [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  ]
  const readable = files.filter(
    (file) => !/\.(png|ico|woff2?|xlsx|gz|zip|pdf|jpg)$/.test(file) && statSync(path.join(root, file)).size < 3_000_000,
  )
  it('speaks of the product alone', () => {
    assert.ok(readable.length > 200)
    const found = readable.flatMap((file) => {
      const content = text(file)
      return forbidden.flatMap(([pattern, what]) =>
        pattern.test(content) ? [`${file}: ${what} (${pattern.exec(content)?.[0]})`] : [],
      )
    })
    assert.deepEqual(found, [])
  })
  it('fetches every package from the public registry', () => {
    const { packages } = JSON.parse(text('package-lock.json')) as { packages: Record<string, { resolved?: string }> }
    const hosts = new Set(
      Object.values(packages).flatMap(({ resolved }) => (resolved === undefined ? [] : [new URL(resolved).host])),
    )
    assert.deepEqual(
      [...hosts].filter((host) => host !== ['registry', 'npmjs', 'org'].join('.')),
      [],
    )
  })
})

/** Targets of links and pictures, without those that leave the repository. */
function links(page: string): string[] {
  const prose = page.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(<?([^)>\s]+)>?(?:\s+"[^"]*")?\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^(https?:|mailto:)/.test(target))
}
/** Anchors of a page, as they are made from its headings. */
function headings(page: string): string[] {
  return [...page.matchAll(/^#{1,6}\s+(.+)$/gm)].map(([, title]) =>
    (title ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  )
}
