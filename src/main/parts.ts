/** The ports that an installation hands to the domains: files, tables, writers, keys. The server and the commands share them. */
import { steadyMs } from '#platform/clock.ts'
import path from 'node:path'
import type { AppParts } from '#app'
import { openLdap } from '#platform/federation/ldap.ts'
import { openOidc } from '#platform/federation/oidc.ts'
import { openSaml } from '#platform/federation/saml.ts'
import { openMail } from '#platform/mail/smtp.ts'
import { openPdfPrinter } from '#platform/pdf/print.ts'
import { publicFetch } from '#platform/public-fetch.ts'
import { addressJudge, publicPost } from '#platform/public-post.ts'
import { openCheckpointFiles, openSealingKey } from '#platform/checkpoint-sink.ts'
import { openTable } from '#platform/transfer/read.ts'
import { openErasureBook } from '#platform/erasure-book.ts'
import { zipWriter } from '#platform/transfer/write-zip.ts'
import { csvWriter, jsonlWriter, workbookWriter, xlsxWriter } from '#platform/transfer/write.ts'
import { auditVerify } from '#kit/seal/commands.ts'
import { readPublicKey } from '#kit/seal/key.ts'
import { openCheckers } from '#platform/seal/checkers.ts'
import { openComparers } from '#platform/seal/comparers.ts'
import { earlierKeys } from './backup/arrival.ts'
import type { Installation } from './installation.ts'

export type Ports = Pick<
  AppParts,
  | 'store'
  | 'files'
  | 'secret'
  | 'keepFile'
  | 'openTable'
  | 'writers'
  | 'workbook'
  | 'zip'
  | 'erasures'
  | 'fetchText'
  | 'post'
  | 'pushPost'
  | 'judgeAddress'
  | 'federation'
  | 'mail'
  | 'printReport'
  | 'key'
  | 'sink'
  | 'verifyJournal'
>

export function portsOf(of: Installation): Ports {
  const { dataFolder } = of.config
  const isPrivateTold = process.env['PILOTHOUSE_ALLOW_PRIVATE_WEBHOOKS'] === 'true'
  const key = openSealingKey(dataFolder, process.env['PILOTHOUSE_SEAL_KEY'])
  const sink = openCheckpointFiles(process.env['PILOTHOUSE_CHECKPOINTS'] ?? path.join(dataFolder, 'checkpoints'))
  return {
    store: of.store,
    files: of.files,
    secret: of.secret,
    keepFile: (content, limits) => of.files.put(content, limits),
    openTable: (sha256, options) =>
      openTable(path.join(dataFolder, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256), options),
    writers: {
      csv: (columns, rows) => csvWriter(columns, rows),
      xlsx: (columns, rows, title) => xlsxWriter(columns, rows, title),
      jsonl: (columns, rows) => jsonlWriter(columns, rows),
    },
    workbook: workbookWriter,
    zip: zipWriter,
    erasures: openErasureBook(process.env['PILOTHOUSE_ERASURES'] ?? path.join(dataFolder, 'erasures.jsonl')),
    fetchText: publicFetch(process.env['PILOTHOUSE_ALLOW_PRIVATE_FEEDS'] === 'true'),
    post: publicPost(isPrivateTold),
    // Everybody may name a push service, so none stands inside the own network.
    pushPost: publicPost(false, { setting: null }),
    judgeAddress: addressJudge(isPrivateTold),
    federation: { oidc: openOidc(steadyMs, () => Date.parse(of.store.now())), saml: openSaml(), ldap: openLdap() },
    mail: openMail(),
    printReport: openPdfPrinter(),
    key,
    sink,
    verifyJournal: async () => {
      const parts = {
        db: of.db,
        key,
        sink,
        now: () => of.store.now(),
        checkers: openCheckers(of.door),
        records: of.catalogue.records,
        comparers: openComparers(of.door),
      }
      await auditVerify(parts, { json: false, also: earlierKeys(dataFolder).map(readPublicKey) })
    },
  }
}
