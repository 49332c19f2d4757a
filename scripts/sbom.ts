/**
 * The list of components of what is installed (CycloneDX), from the lock file: `npm run sbom`.
 * npm's own `--omit dev` also leaves out what the program shares with a tool (npm 10: every package that some tool needs),
 * so it is asked for everything, and what serves the tools alone is taken out here.
 */
import { spawnSync } from 'node:child_process'

interface Component {
  'bom-ref': string
  properties?: { name: string; value: string }[]
}
interface Bom {
  components: Component[]
  dependencies: { ref: string; dependsOn: string[] }[]
}

const words = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only']
const asked = spawnSync('npm', words, { encoding: 'utf8', maxBuffer: 100_000_000 })
if (asked.status !== 0) {
  console.error(asked.stderr)
  process.exit(1)
}
const bom = JSON.parse(asked.stdout) as Bom
const isTool = ({ properties = [] }: Component): boolean =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true')
const tools = new Set(bom.components.filter(isTool).map((one) => one['bom-ref']))
const components = bom.components.filter((one) => !tools.has(one['bom-ref']))
const dependencies = bom.dependencies
  .filter(({ ref }) => !tools.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => !tools.has(one)) }))
console.log(JSON.stringify({ ...bom, components, dependencies }, null, 2))
