// `pilothouse import` says before it writes how it read the file and which column goes where, and tells by its exit what came of it.
import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { ownFolder } from '../setup/backup.ts'
import { atEnd } from '../setup/database.ts'
import { freePort } from '../setup/port.ts'
import { Product } from '../setup/product.ts'

const folder = ownFolder()
const staff = path.join(folder, 'staff.csv')
const own = path.join(folder, 'own.json')
let product: Product

describe('an import at a terminal', () => {
  before(async () => {
    product = new Product(folder, await freePort())
    const embedded = await startEmbedded(folder) // kept for all commands
    atEnd(async () => {
      await embedded.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
    })
    product.setUp()
    const lines = [
      'Name;E-Mail;Vorgesetzter;Kostenstelle',
      'Jörg Maß;joerg@h.test;Zoë Neu;4711',
      'Eva Öhl;kaputt;;4711',
    ]
    writeFileSync(staff, Buffer.from(lines.join('\r\n'), 'latin1'))
  })

  it('tells how the file was read, each column with its field, those left out, and the key; a mapping can be taken and edited', () => {
    const { code, text } = product.command(['import', 'person', staff, '--dry-run', '--out', own])
    assert.match(text, /^IMP-\d+: read as csv, windows-1252, cells separated by ";"\.$/m)
    assert.match(text, /^ {2}E-Mail → E-mail$/m)
    assert.match(text, /^ {2}Vorgesetzter → Line manager, and makes who or what is not here yet$/m)
    assert.match(text, /^Left out, for they fill no field: Kostenstelle\.$/m)
    assert.match(text, /^Known again by E-mail: /m)
    assert.match(text, /^IMP-\d+: checked\. Nothing was written; it would be: 1 new, .* 1 of 2 rows left out\./m)
    assert.match(text, /rejected IMP-\d+ --out rows\.csv$/m)
    assert.ok(text.indexOf('Left out, for') < text.indexOf('checked.'), 'before it begins')
    assert.ok(!text.includes('\r'), 'no line over another where nobody looks')
    assert.equal(code, 3)
    assert.equal((JSON.parse(readFileSync(own, 'utf8')) as { key: unknown }).key, 'email')
  })
  it('takes a mapping of one’s own, makes nobody where only the known are wanted, and exits 0 when all was taken', () => {
    const mapping = JSON.parse(readFileSync(own, 'utf8')) as { key: unknown; columns: Record<string, unknown> }
    const { name, lineManager } = mapping.columns
    writeFileSync(own, JSON.stringify({ key: 'name', columns: { name, lineManager } }))
    const known = product.command(['import', 'person', staff, '--mapping', own, '--known-only'])
    assert.match(known.text, /Left out, for they fill no field: E-Mail, Kostenstelle\./)
    assert.ok(!known.text.includes('makes who'), known.text)
    assert.match(
      known.text,
      /row 2, Vorgesetzter “Zoë Neu”: There is no person “Zoë Neu”\. The row is taken without it\./,
    )
    assert.ok(!known.text.includes('Also new'), known.text)
    assert.equal(known.code, 0)
    const all = product.command(['import', 'person', staff, '--mapping', own])
    assert.match(all.text, /done\. 1 new, 1 changed, 0 unchanged; 0 of 2/)
    assert.equal(all.code, 0, all.text)
  })
  it('knows what a list of staff calls its columns, and joins a name that stands in two', () => {
    const heading = 'Personalnr.;Vorname;Name;Eintrittsdatum;Abteilung;Standort;Vorgesetzte(r);Durchwahl;Funktion'
    writeFileSync(staff, [heading, '17;Max;Maß;01.02.2020;Lager;Hamburg;Zoë Neu;-12;Fahrer'].join('\n'))
    const { text } = product.command(['import', 'person', staff, '--dry-run'])
    for (const line of [
      'Personalnr. → Employee number',
      'Vorname + Name → Name',
      'Eintrittsdatum → Started on',
      'Abteilung → Unit',
      'Standort → Location, and makes who or what is not here yet',
      'Vorgesetzte(r) → Line manager, and makes who or what is not here yet',
      'Durchwahl → Phone',
      'Funktion → Job title',
    ])
      // oxfmt-ignore
      assert.ok(text.includes(`\n  ${line}\n`), `${line} in\n${text}`)
    assert.match(text, /^No column is left out\.$/m)
    assert.match(text, /Also new, because rows name them: 1 location \(Hamburg\)/)
  })
  it('says what is wrong with a mapping of one’s own', () => {
    writeFileSync(own, '{"key": ')
    const broken = product.command(['import', 'person', staff, '--mapping', own])
    assert.match(broken.text, /--mapping.*own\.json" cannot be read as JSON/)
    assert.equal(broken.code, 2)
    writeFileSync(own, JSON.stringify({ key: null, columns: { nme: { column: 'Name' } } }))
    const wrong = product.command(['import', 'person', staff, '--mapping', own])
    assert.match(wrong.text, /nme/)
    assert.notEqual(wrong.code, 0)
  })
})
