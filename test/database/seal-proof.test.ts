// Proofs of single entries: made here, checked here and by the Python script that auditors get.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { canonical } from '#engines/jcs.ts'
import { leafHash } from '#engines/merkle.ts'
import type { Actor } from '#kit/actor.ts'
import { Catalogue } from '#kit/catalogue.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { entry, journalInsert, leafOf, valuesHash } from '#kit/journal.ts'
import { auditProve, auditVerify } from '#kit/seal/commands.ts'
import type { SealHealth } from '#kit/seal/health.ts'
import { newSealingKeyPem, readPublicKey, readSealingKey } from '#kit/seal/key.ts'
import { checkProof, prove, type ProofFile } from '#kit/seal/prove.ts'
import { sealRoutes } from '#kit/seal/routes.ts'
import type { Verified } from '#kit/seal/verify.ts'
import { run } from '#kit/sql.ts'
import { Store } from '#kit/store.ts'
import { ownCluster } from '../setup/alone.ts'
import { actor, newLog, type Log } from './seal-log.ts'
import { unlessMissing } from '../setup/peers.ts'

ownCluster()

const script = path.join(import.meta.dirname, '../../docs/check-proof.py')
const hasPython = spawnSync('python3', ['--version']).status === 0
const noPython = unlessMissing(hasPython ? null : 'needs python3, which is not installed: apt-get install python3')
let log: Log
before(async () => {
  log = await (await newLog()).filled(3, 300)
})

/** A copy of the file with one thing changed. */
function altered(
  file: ProofFile,
  change: (copy: Record<string, unknown> & { entry: Record<string, unknown>; proof: string[] }) => void,
): unknown {
  const copy = structuredClone(file) as unknown as Parameters<typeof change>[0] // JSON of the same shape, to be spoilt
  change(copy)
  return copy
}
const spoilt: Record<string, Parameters<typeof altered>[1]> = {
  'another time': (copy) => (copy.entry['at'] = '2026-03-15T08:00:00.000Z'),
  'another actor': (copy) => (copy.entry['actor'] = 8),
  'another value': (copy) => (copy.entry['changes'] = { status: ['new', 'closed'] }),
  'another place': (copy) => (copy['index'] = 5),
  'another size': (copy) => (copy['size'] = 899),
  'a proof without its end': (copy) => copy.proof.pop(),
  'a proof that is longer': (copy) => copy.proof.push(copy.proof[0] ?? ''),
  'another root': (copy) => (copy['checkpoint'] = String(copy['checkpoint']).replace(/\n900\n./, '\n900\n0')),
  'a damaged signature': (copy) =>
    (copy['checkpoint'] = String(copy['checkpoint']).replace(
      /.{8}\n$/,
      (end) => `${end.startsWith('AAAA') ? 'BBBB' : 'AAAA'}${end.slice(4)}`,
    )),
  'the key of somebody else': (copy) => (copy['publicKey'] = readSealingKey(newSealingKeyPem()).text),
  'no key': (copy) => (copy['publicKey'] = 'none'),
  'another format': (copy) => (copy['format'] = 'x'),
}

describe('the proof of an entry', () => {
  it('holds for every place, first and last included', async () => {
    for (const index of [0, 1, 255, 256, 511, 640, 899]) {
      const file = await prove(log.db, (await log.at(index)).id, log.key)
      const checked = checkProof(JSON.parse(JSON.stringify(file)), readPublicKey(log.key.text))
      assert.ok(checked.ok, checked.says)
      assert.equal(file.index, index)
    }
  })

  for (const [what, change] of Object.entries(spoilt)) {
    it(`does not hold with ${what}`, async () => {
      const checked = checkProof(altered(await prove(log.db, (await log.at(700)).id, log.key), change))
      assert.equal(checked.ok, false)
      assert.match(checked.says, /\.$/)
    })
  }

  it('is not taken from another key than the trusted one', async () => {
    const file = await prove(log.db, (await log.at(3)).id, log.key)
    assert.match(checkProof(file, readSealingKey(newSealingKeyPem())).says, /not by the key that you trust/)
  })

  it('is checked by the Python script with the same answers', { skip: noPython }, async () => {
    const file = await prove(log.db, (await log.at(700)).id, log.key)
    const cases: [string, unknown, number][] = [
      ['as it is', file, 0],
      ...Object.entries(spoilt).map(([what, change]): [string, unknown, number] => [what, altered(file, change), 1]),
    ]
    for (const [what, content, code] of cases) {
      const ran = await python(log, content)
      assert.equal(ran.code, code, `${what}: ${ran.says}`)
      assert.match(ran.says, code === 0 ? /The proof holds: entry 700 of the 900/ : /does NOT hold/)
    }
    assert.equal((await python(log, file, log.key.text)).code, 0)
    assert.equal((await python(log, file, readSealingKey(newSealingKeyPem()).text)).code, 1)
  })

  it('agrees with the script on awkward values', { skip: noPython }, async () => {
    const numbers = [
      0, -1, 0.1, 1e21, 1e20, 123456789012345680000, 1e-6, 1e-7, 1.5e-9, 5e-324, 1.7976931348623157e308, -2.5, 100,
      4503599627370495.5,
    ]
    const changes = {
      é: [null, numbers],
      '\u{1F600}': ['\u007f\u2028"\\\n\u0001', { b: 1, a: [true, false, null], '\uFB33': {} }],
      a: ['x', ''],
    } as const
    const odd = entry(actor, log.now(), {
      record: 'incident',
      recordId: 1,
      action: 'change',
      changes,
      reason: 'Grüße\t\u{1D11E}',
      occurredAt: '2020-01-01T00:00:00Z',
    })
    await run(log.db, journalInsert([odd]))
    log.ms += 60_000
    await log.sealAll()
    const file = await prove(log.db, odd.id, log.key)
    assert.ok(checkProof(file).ok)
    assert.equal(
      (await python(log, file)).says,
      `The proof holds: entry ${file.index} of the ${file.size} that ${log.key.origin} has signed.`,
    )
    assert.deepEqual((await log.verify()).findings, [])
  })

  it('is refused with a sentence for what is unknown or not sealed yet', async () => {
    await assert.rejects(prove(log.db, '00000000-0000-4000-8000-000000000000', log.key), { status: 404 })
    await assert.rejects(prove(log.db, 'nonsense', log.key), { status: 404 })
    const waiting = entry(actor, log.now(), { record: 'incident', recordId: 1, action: 'change', changes: {} })
    await run(log.db, journalInsert([waiting]))
    await assert.rejects(prove(log.db, waiting.id, log.key), { status: 409, message: /try again/ })
    assert.deepEqual(await auditProve(log, 'nonsense'), {
      code: 1,
      text: 'Entry nonsense was not found. It may have been removed, or you may not see it.',
    })
  })
})

describe('the leaf of an entry', () => {
  it('is SHA-256(0x00 ‖ JCS) of what happened, with the values as one salted hash', () => {
    const made = entry(actor, log.now(), {
      record: 'incident',
      recordId: 4,
      action: 'move:resolve',
      changes: { b: [1, 2], a: [null, 'x'] },
      reason: 'said "so"',
    })
    const { salt, leaf, changes, reason, ...rest } = made
    const plain = leafHash(
      Buffer.from(canonical({ ...rest, fields: ['a', 'b'], values: valuesHash({ changes, reason }, salt) })),
    )
    assert.ok(plain.equals(leaf))
    assert.ok(
      leafOf({ ...made, changes: { b: [null, null], a: [null, null] }, reason: valuesHash(made, salt) }, null).equals(
        leaf,
      ),
      'erased',
    )
  })
})

describe('audit at the command line', () => {
  const parts = (): Parameters<typeof auditVerify>[0] => ({
    db: log.db,
    key: log.key,
    sink: log.sink,
    now: () => log.now(),
  })
  it('prints a proof file, and says whether the journal is whole', async () => {
    const proof = await auditProve(parts(), (await log.at(8)).id)
    assert.ok(checkProof(JSON.parse(proof.text)).ok)
    const whole = await auditVerify(parts(), { json: false })
    assert.equal(whole.code, 0)
    assert.match(whole.text, /^The journal is whole: \d+ entries/)
  })
  it('names what was tampered with, as text and as JSON', async () => {
    const { id } = await log.at(8)
    await log.tamper(`update journal set reason = 'x' where id = '${id}'`)
    const text = await auditVerify(parts(), { json: false })
    assert.equal(text.code, 1)
    assert.match(text.text, /NOT whole[^]*changed: The entry on incident/)
    const json = JSON.parse((await auditVerify(parts(), { json: true })).text) as {
      findings: { where: { entry: string } }[]
    }
    assert.equal(json.findings[0]?.where.entry, id)
  })
})

describe('the seal over HTTP', () => {
  const routes = (): Route[] => sealRoutes({ store: storeOf(log), key: log.key, sink: log.sink })
  const call = (roles: Actor['roles'], more: Partial<Call> = {}): Call => ({
    actor: { ...actor, roles },
    params: {},
    query: {},
    body: undefined,
    rev: null,
    request: 'r',
    headers: {},
    upload: null,
    address: '',
    ...more,
  })
  const ask = async (path: string, call: Call): Promise<Answer> => {
    const route = routes().find((one) => one.path === path)
    assert.ok(route)
    return route.handle(call)
  }
  it('shows its health and verifies for administrators and auditors, and for nobody else', async () => {
    const health = (await ask('/admin/seal', call(['auditor']))).body as SealHealth
    assert.equal(health.publicKey, log.key.text)
    const found = (await ask('/admin/seal/verify', call(['administrator'], { body: { newest: 100 } }))).body as Verified
    assert.ok(found.entries >= 100)
    for (const path of ['/admin/seal', '/admin/seal/verify'])
      await assert.rejects(ask(path, call(['agent'])), { status: 403 })
    await assert.rejects(ask('/admin/seal/verify', call(['auditor'], { body: { newest: 0 } })))
  })
  it('gives a proof to auditors, and to others only of records that they may read', async () => {
    const { id } = await log.at(20)
    const answer = await ask('/journal/{id}/proof', call(['auditor'], { params: { id } }))
    assert.ok(checkProof(answer.body).ok)
    await assert.rejects(ask('/journal/{id}/proof', call(['agent'], { params: { id } })), { status: 404 })
    const elsewhere = {
      ...call(['administrator'], { params: { id } }),
      actor: { ...actor, org: 2, roles: ['administrator'] as const },
    }
    await assert.rejects(ask('/journal/{id}/proof', elsewhere), { status: 404 })
  })
})

/** A store that knows no record. */
function storeOf(from: Log): Store {
  return new Store({
    db: from.db,
    catalogue: new Catalogue([]),
    now: () => from.now(),
    rules: new Map(),
    onCommit: () => {},
  })
}
async function python(
  from: Log,
  content: unknown,
  ...trusted: string[]
): Promise<{ code: number | null; says: string }> {
  const place = path.join(from.folder, 'proof.json')
  await writeFile(place, JSON.stringify(content))
  const { status, stdout, stderr } = spawnSync('python3', [script, place, ...trusted], { encoding: 'utf8' })
  return { code: status, says: `${stdout}${stderr}`.trim() }
}
