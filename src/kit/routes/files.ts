/** Comments and files on any record; files are fetched from an address that needs no cookie and soon expires. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { fileName } from '#engines/file-name.ts'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import type { KeptFile } from '#kit/field.ts'
import { MOST_FILE_BYTES } from '#kit/field.ts'
import { notFound, Refusal, stale } from '#kit/problem.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { comment, file } from '#kit/records/about.ts'
import type { RestParts } from '#kit/rest.ts'
import { readId } from '#kit/rest.ts'
import { rowOf, rowSchema, withMembers } from '#kit/json-schema.ts'
import { rangeOf, type ByteRange } from './byte-range.ts'
import { shape, TEXT, YES_NO } from './shape.ts'

export interface FilesPort {
  put(
    content: AsyncIterable<Uint8Array>,
    limits: { maxBytes: number },
  ): Promise<{ sha256: string; size: number; type: string }>
  /** The content, or a part of it. */
  open(sha256: string, part?: ByteRange): Promise<{ stream: Readable; size: number } | null>
  /** Bytes of the whole, and the type that these say; null when it is not here. */
  facts(sha256: string): Promise<{ size: number; type: string } | null>
  /** The beginning of a text; null when it is not here or holds no text. */
  text(sha256: string, mostBytes: number): Promise<{ text: string; isCut: boolean } | null>
  /** @returns false for what was put there within the last `ms`: it stays. */
  removeOlder(sha256: string, ms: number): Promise<boolean>
  /** Names of contents that were last put there longer ago. */
  older(ms: number): AsyncIterable<string>
}
export interface FilesParts extends RestParts {
  readonly files: FilesPort
  readonly secret: Buffer
}
const MINUTES = 60
/** What of a text is shown before it is downloaded. */
const MOST_TEXT = { bytes: 32_768, lines: 200, characters: 500 }
const commentBody = z.strictObject({
  body: z.string().trim().min(1, 'Write something.').max(50_000),
  internal: z.boolean().optional(),
})

/** The row with an address for its content. */
const KEPT_FILE = withMembers(rowSchema(file), { members: { url: TEXT } })

export function filesRoutes(parts: FilesParts): Route[] {
  const own = parts.store.catalogue.records
    .filter((record) => record.name !== 'comment' && record.name !== 'file')
    .flatMap((record) => onRecord(parts, record))
  return [
    ...own,
    {
      method: 'GET',
      path: '/attachments/{id}/link',
      tag: file.labelPlural,
      access: 'signed-in',
      summary: 'An address for the content, good for an hour',
      ok: shape({ url: TEXT }),
      handle: async (call) => {
        const row = await parts.store.get(call.actor, file, readId(file, call.params['id']))
        await parentOf(parts, call, row)
        return { body: { url: linkOf(parts, row) } }
      },
    },
    {
      method: 'GET',
      path: '/attachments/{id}/text',
      tag: file.labelPlural,
      access: 'signed-in',
      summary: 'The first lines of a text, as text whatever it would be elsewhere',
      ok: shape({ text: TEXT, isCut: YES_NO }),
      refusals: [415],
      handle: (call) => firstLines(parts, call),
    },
    {
      method: 'GET',
      path: '/files/{sha256}/{name}',
      tag: file.labelPlural,
      access: 'public',
      isSignedAddress: true,
      summary: 'The content of a file',
      okTypes: ['application/octet-stream', 'audio/*', 'video/*'],
      isPartly: true,
      query: { key: { about: 'From the link.', schema: { type: 'string' } } },
      handle: (call) => download(parts, call),
    },
  ]
}
function onRecord(parts: FilesParts, record: RecordType): Route[] {
  const { store } = parts
  const target = async (call: Call): Promise<AnyRow> => store.get(call.actor, record, readId(record, call.params['id']))
  return [
    {
      method: 'POST',
      path: `/${record.plural}/{id}/comments`,
      tag: record.labelPlural,
      access: 'signed-in',
      summary: 'Say something about it',
      body: commentBody,
      ok: rowOf(comment),
      okStatus: 201,
      ifMatch: true,
      audited: 'journal',
      handle: async (call) => {
        const row = notOutdated(call, await target(call))
        const said = { ...commentBody.parse(call.body), on: { record: record.name, id: row.id } }
        const made = await store.create(call.actor, comment, said)
        return { status: 201, body: made }
      },
    },
    {
      method: 'POST',
      path: `/${record.plural}/{id}/attachments`,
      tag: record.labelPlural,
      access: 'signed-in',
      summary: 'Attach a file',
      body: 'upload',
      ok: KEPT_FILE,
      okStatus: 201,
      audited: 'journal',
      handle: async (call) => {
        const row = await target(call)
        const { title: name, ...kept } = await received(parts.files, call)
        const said = { name, on: { record: record.name, id: row.id }, ...kept }
        const made = await store.create(call.actor, file, said, { trusted: true })
        return { status: 201, body: { ...made, url: linkOf(parts, made) } }
      },
    },
  ]
}
/** The file of an upload, kept. @throws 413 when it is too large */
export async function received(files: FilesPort, call: Call): Promise<KeptFile> {
  const upload = await call.upload?.()
  if (upload === undefined) throw new Refusal(415, 'media-type', say`Send the file as multipart/form-data.`)
  const kept = await files.put(upload.content, { maxBytes: MOST_FILE_BYTES }).catch((error: unknown) => {
    throw error instanceof Error && error.name === 'FileTooLarge'
      ? new Refusal(
          413,
          'too-large',
          say`"${upload.fileName}" is larger than ${MOST_FILE_BYTES / 1_000_000} MB. Put it on a file share and add a link.`,
        )
      : error
  })
  return { ...kept, title: fileName(upload.fileName) }
}
/** It travels as a value in JSON, never as a document: nothing in it can run. */
async function firstLines(parts: FilesParts, call: Call): Promise<Answer> {
  const row = await parts.store.get(call.actor, file, readId(file, call.params['id']))
  await parentOf(parts, call, row)
  const found = await parts.files.text(String(row['sha256']), MOST_TEXT.bytes)
  if (found === null) throw new Refusal(415, 'media-type', say`This file holds no text. Download it to look at it.`)
  const lines = found.text.split(/\r\n|\n|\r/)
  const shown = lines.slice(0, MOST_TEXT.lines).map((line) => line.slice(0, MOST_TEXT.characters).toWellFormed())
  const isCut = found.isCut || shown.length < lines.length || lines.some((line) => line.length > MOST_TEXT.characters)
  return { body: { text: shown.join('\n'), isCut } }
}
/** A comment that was written without the network may answer what is no longer so. @throws 412 */
function notOutdated(call: Call, row: AnyRow): AnyRow {
  if (call.rev !== null && call.rev !== row.rev) throw stale(row, row.rev)
  return row
}
/** A file is seen by whoever sees the record it hangs on. */
async function parentOf(parts: FilesParts, call: Call, row: AnyRow): Promise<void> {
  const on = row['on']
  if (typeof on !== 'object' || on === null || !('record' in on) || !('id' in on)) throw notFound(row.number)
  await parts.store.get(call.actor, parts.store.catalogue.get(String(on.record)), Number(on.id))
}
function linkOf(parts: FilesParts, row: AnyRow): string {
  return fileLink(parts, { sha256: String(row['sha256']), title: String(row['name']) })
}
/** Good for an hour, for one content under one name. */
export function fileLink(parts: FilesParts, { sha256, title }: Pick<KeptFile, 'sha256' | 'title'>): string {
  const until = Math.floor(Date.parse(parts.store.now()) / 60_000) + MINUTES
  return `/api/v1/files/${sha256}/${encodeURIComponent(title)}?key=${until}.${sign(parts.secret, sha256, title, until)}`
}
function sign(secret: Buffer, sha256: string, name: string, until: number): string {
  return createHmac('sha256', secret).update(`${sha256}\n${name}\n${until}`).digest('base64url')
}
/** Sound and film are told by their type, which their bytes have said: players ask for it. Nothing else is anything to a browser. */
function playedType(type: string): string {
  return /^(?:audio|video)\/[\w.+-]+$/.test(type.split(';', 1)[0] ?? '') ? type : 'application/octet-stream'
}
/** Always as a download, never shown in our own pages' origin: an element that plays it is not stopped by that. */
async function download(parts: FilesParts, call: Call): Promise<Answer> {
  const { sha256 = '', name = '' } = call.params
  const [until = '', signature = ''] = (call.query['key'] ?? '').split('.')
  const wanted = Buffer.from(sign(parts.secret, sha256, name, Number(until)))
  const isGood =
    wanted.length === Buffer.byteLength(signature) &&
    timingSafeEqual(wanted, Buffer.from(signature)) &&
    Number(until) * 60_000 > Date.parse(parts.store.now())
  const facts = isGood ? await parts.files.facts(sha256) : null
  const part = rangeOf(call.headers['range'], facts?.size ?? 0)
  const found = facts && (await parts.files.open(sha256, part ?? undefined))
  if (facts === null || found === null)
    throw notFound(say`The file, or its address has expired: open it again from its record. It`)
  const range = part && { 'Content-Range': `bytes ${part.from}-${part.to}/${facts.size}` }
  return {
    stream: found.stream,
    status: part ? 206 : 200,
    headers: {
      'Content-Type': playedType(facts.type),
      'Content-Length': String(found.size),
      'Accept-Ranges': 'bytes',
      ...range,
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Cache-Control': 'private, max-age=3600',
    },
  }
}
