/** One file of a form, read as a stream; a form that is broken or stops half way is refused, and nothing of it is kept. */
import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { say } from '#engines/say.ts'
import type { Upload } from '#kit/contract.ts'
import { badRequest, Refusal } from '#kit/problem.ts'

const BROKEN = 'The form with the file is not complete. Send it again as multipart/form-data with its boundary.'

/** @throws a refusal: 415 when it is no form, 400 when it holds no file or is broken */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart())
    throw new Refusal(415, 'media-type', say`Send the file as multipart/form-data in a part called "file".`)
  const part = await request.file().catch((error: unknown) => {
    throw refusalOf(error)
  })
  if (part === undefined)
    throw badRequest(say`No file was sent. Put it into a part called "file", after the other parts.`)
  const fields = Object.fromEntries(
    Object.entries(part.fields).flatMap(([name, field]) =>
      field !== undefined && 'value' in field ? [[name, String(field.value)]] : [],
    ),
  )
  return { fileName: part.filename, fields, content: Readable.from(whole(part.file)) }
}

async function* whole(file: Readable & { truncated: boolean }): AsyncGenerator<Uint8Array> {
  try {
    yield* file
  } catch (error) {
    throw refusalOf(error)
  }
  if (file.truncated) throw new Refusal(413, 'too-large', say`The file is larger than allowed.`)
}
/** The framework's own errors carry a status; the form reader's say only what they did not expect. */
function refusalOf(error: unknown): unknown {
  return error instanceof Error && 'statusCode' in error ? error : badRequest(BROKEN)
}
