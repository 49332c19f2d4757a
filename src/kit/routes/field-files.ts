/** Files in fields: brought before the record is written, opened from the record that holds them. */
import type { Call, Route } from '#kit/contract.ts'
import type { KeptFile } from '#kit/field.ts'
import { noteUpload, UPLOAD_DAYS } from '#kit/kept-files.ts'
import { notFound } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import { readId } from '#kit/rest.ts'
import type { FilesParts } from './files.ts'
import { fileLink, received } from './files.ts'
import { shape, TEXT, WHOLE } from './shape.ts'

const BROUGHT = shape({ sha256: TEXT, title: TEXT, size: WHOLE, type: TEXT, url: TEXT })

export function fieldFileRoutes(parts: FilesParts): Route[] {
  const holders = parts.store.catalogue.records.filter(({ fields }) =>
    Object.values(fields).some(({ kind }) => kind === 'attachment'),
  )
  return [
    {
      method: 'POST',
      path: '/uploads',
      tag: 'Files',
      access: 'signed-in',
      summary: `Bring a file for a field; what this answers is the value of the field, for ${UPLOAD_DAYS} days`,
      body: 'upload',
      ok: BROUGHT,
      okStatus: 201,
      audited: 'It is nothing until a record names it; that is written down.',
      handle: async (call) => {
        const file = await received(parts.files, call)
        await noteUpload(parts.store.db, call.actor, file)
        return { status: 201, body: { ...file, url: fileLink(parts, file) } }
      },
    },
    ...holders.map((record) => linkRoute(parts, record)),
  ]
}
function linkRoute(parts: FilesParts, record: RecordType): Route {
  return {
    method: 'GET',
    path: `/${record.plural}/{id}/files/{field}`,
    tag: record.labelPlural,
    access: 'signed-in',
    summary: 'An address for the content of a field, good for an hour',
    ok: shape({ url: TEXT }),
    handle: async (call) => ({ body: { url: fileLink(parts, await fileOf(parts, record, call)) } }),
  }
}
/** What the actor may not read is not there, like a record without that field or a field without a file. */
async function fileOf({ store }: FilesParts, record: RecordType, { actor, params }: Call): Promise<KeptFile> {
  const row = await store.get(actor, record, readId(record, params['id']))
  const name = params['field'] ?? ''
  const isFile = Object.hasOwn(record.fields, name) && record.fields[name]?.kind === 'attachment'
  const file = isFile ? (row[name] as KeptFile | null | undefined) : null // as the kind is read
  if (file === null || file === undefined) throw notFound(row.number)
  return file
}
