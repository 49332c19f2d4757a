// The list of components that `npm run sbom` writes: complete, exact, and under licences that allow what we do.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { before, describe, it } from 'node:test'

interface Component {
  name: string
  version: string
  purl: string
  hashes?: { alg: string; content: string }[]
  licenses?: { license?: { id?: string; name?: string }; expression?: string }[]
}
interface Bom {
  bomFormat: string
  specVersion: string
  metadata: { component: { purl: string } }
  components: Component[]
  dependencies: { ref: string; dependsOn: string[] }[]
}
const root = path.join(import.meta.dirname, '../..')
const own = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  version: string
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}
/** Licences that ask for no more than their text and a notice; MPL covers its own files alone. */
const ALLOWED =
  /^(MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|PSF-2\.0|OFL-1\.1|MPL-2\.0|Python-2\.0|PostgreSQL|CC-BY-[34]\.0)$/
let bom: Bom

describe('[ASVS 15.1.2] the list of components', () => {
  before(() => {
    const ran = spawnSync('npm', ['run', '--silent', 'sbom'], { cwd: root, encoding: 'utf8', maxBuffer: 50_000_000 })
    assert.equal(ran.status, 0, ran.stderr)
    bom = JSON.parse(ran.stdout) as Bom
  })
  it('is CycloneDX, of this version', () => {
    assert.deepEqual([bom.bomFormat, bom.metadata.component.purl], ['CycloneDX', `pkg:npm/pilothouse@${own.version}`])
    assert.match(bom.specVersion, /^1\.[5-9]$/)
  })
  it('holds each dependency at its exact version, and none of the tools', () => {
    for (const [name, version] of Object.entries(own.dependencies))
      assert.ok(
        bom.components.some((one) => one.name === name && one.version === version),
        `${name} ${version}`,
      )
    for (const tool of ['oxlint', 'vite', 'typescript', 'playwright-core'])
      assert.ok(!bom.components.some(({ name }) => name === tool), tool)
    assert.ok(bom.components.length > 100)
    assert.ok(bom.dependencies.length > 100)
  })
  it('says for each what it is, by address, checksum and licence', () => {
    for (const { name, purl, hashes, licenses } of bom.components) {
      assert.match(purl, /^pkg:npm\/.+@\d+\.\d+\.\d+/, name)
      assert.ok(
        (hashes ?? []).some(({ alg }) => alg === 'SHA-512'),
        `${name} has no checksum`,
      )
      const said = (licenses ?? []).map(({ license, expression }) => license?.id ?? expression ?? license?.name ?? '')
      assert.ok(said.length > 0, `${name} has no licence`)
      for (const one of said.flatMap((text) => text.replace(/[()]/g, '').split(/ AND | OR /)))
        assert.match(one, ALLOWED, `${name}: ${one}`)
    }
  })
})
