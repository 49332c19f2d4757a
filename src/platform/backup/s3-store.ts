/** Backups in S3-compatible storage: multipart upload, so a backup needs no room on this machine, and appears whole or not at all. */
import { setTimeout as sleep } from 'node:timers/promises'
import { AwsClient } from 'aws4fetch'
import { say } from '#engines/say.ts'
import { BackupRefusal } from './refusal.ts'
import type { BackupStore } from './kept.ts'
import { BACKUP_NAME } from './kept.ts'
import type { Target } from './writer.ts'

type Environment = Readonly<Record<string, string | undefined>>
interface Bucket {
  /** With the bucket, without a slash at the end. */
  readonly url: string
  readonly prefix: string
  readonly client: AwsClient
}
/** Ten thousand parts are the most: 160 GB. */
const PART_BYTES = 16 * 1024 * 1024
const PATIENCE_MS = 120_000
/** The first piece is small: a header is all that most want. */
const HEAD_BYTES = 1024 * 1024

/**
 * @param environment AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION (us-east-1), PILOTHOUSE_S3_ENDPOINT for
 * storage other than Amazon's (`https://minio.example.com:9000`)
 * @throws {BackupRefusal} when the place or a key is missing
 */
export function s3Store(place: string, environment: Environment): BackupStore {
  const bucket = bucketOf(place, environment)
  return {
    place,
    folder: null,
    create: (name) => upload(bucket, name),
    open: (name) => download(bucket, name),
    list: () => list(bucket),
    remove: async (name) => void (await ask(bucket, 'DELETE', addressOf(bucket, name))),
  }
}
function bucketOf(place: string, environment: Environment): Bucket {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*?))?\/?$/.exec(place)
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment
  if (match === null)
    throw new BackupRefusal(say`"${place}" is no place in S3 storage. Write it as s3://bucket/prefix.`)
  if (!accessKeyId || !secretAccessKey)
    throw new BackupRefusal(say`S3 storage needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment.`)
  const region = environment['AWS_REGION'] ?? 'us-east-1'
  const endpoint = environment['PILOTHOUSE_S3_ENDPOINT'] ?? `https://s3.${region}.amazonaws.com`
  return {
    url: `${endpoint.replace(/\/+$/, '')}/${match[1]}`,
    prefix: match[2] ? `${match[2]}/` : '',
    client: new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 4 }),
  }
}
function addressOf({ url, prefix }: Bucket, name: string, query = ''): string {
  return `${url}/${`${prefix}${name}`.split('/').map(encodeURIComponent).join('/')}${query}`
}

/** @throws {BackupRefusal} with what the storage said */
async function ask({ client }: Bucket, method: string, address: string, body?: Buffer): Promise<Response> {
  const answer = await client
    .fetch(address, {
      method,
      signal: AbortSignal.timeout(PATIENCE_MS),
      // The part's own checksum goes along: the storage refuses what was changed on the way.
      ...(body === undefined ? {} : { body: new Uint8Array(body), headers: { 'content-length': String(body.length) } }),
    })
    .catch((error: unknown) => {
      throw unreachable(address, error)
    })
  if (answer.ok) return answer
  const text = await answer.text()
  const said = /<Message>([^<]*)/.exec(text)?.[1] ?? /<Code>([^<]*)/.exec(text)?.[1] ?? say`status ${answer.status}`
  throw new BackupRefusal(say`The storage refused ${method} ${new URL(address).pathname}: ${said}`)
}

function unreachable(address: string, cause: unknown): BackupRefusal {
  return new BackupRefusal(
    say`The storage at ${new URL(address).host} cannot be reached. Check PILOTHOUSE_S3_ENDPOINT and the network.`,
    { cause },
  )
}

async function upload(bucket: Bucket, name: string): Promise<Target> {
  const begun = await (await ask(bucket, 'POST', addressOf(bucket, name, '?uploads='))).text()
  const id = encodeURIComponent(tags(begun, 'UploadId')[0] ?? '')
  const etags: string[] = []
  let pieces: Buffer[] = []
  let length = 0
  const send = async (): Promise<void> => {
    const part = etags.length + 1
    const answer = await ask(
      bucket,
      'PUT',
      addressOf(bucket, name, `?partNumber=${part}&uploadId=${id}`),
      Buffer.concat(pieces),
    )
    etags.push(answer.headers.get('etag') ?? '')
    pieces = []
    length = 0
  }
  return {
    write: async (bytes) => {
      for (const one of bytes) {
        pieces.push(one)
        length += one.length
      }
      if (length >= PART_BYTES) await send()
    },
    finish: async () => {
      await send()
      const parts = etags.map((etag, nth) => `<Part><PartNumber>${nth + 1}</PartNumber><ETag>${etag}</ETag></Part>`)
      const body = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`)
      const text = await (await ask(bucket, 'POST', addressOf(bucket, name, `?uploadId=${id}`), body)).text()
      // Amazon may answer 200 and tell of a failure in the body.
      if (text.includes('<Error>'))
        throw new BackupRefusal(
          say`The storage did not complete the upload: ${tags(text, 'Message')[0] ?? text.slice(0, 200)}`,
        )
    },
    abort: async () => void (await ask(bucket, 'DELETE', addressOf(bucket, name, `?uploadId=${id}`)).catch(() => {})), // it expires there
  }
}
/** Piece by piece: a database that is slower than the network lets one long answer wait, and the storage hangs up on it. */
async function* download(bucket: Bucket, name: string): AsyncGenerator<Buffer> {
  for (let [at, size] = [0, Infinity]; at < size;) {
    const piece = await persistently(bucket, () => pieceOf(bucket, name, at))
    yield piece.bytes
    at += piece.bytes.length
    size = piece.size
  }
}
/** @returns bytes from there on, and how many the whole has */
async function pieceOf(bucket: Bucket, name: string, at: number): Promise<{ bytes: Buffer; size: number }> {
  const answer = await bucket.client.fetch(addressOf(bucket, name), {
    headers: { range: `bytes=${at}-${at + (at === 0 ? HEAD_BYTES : PART_BYTES) - 1}` },
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  if (answer.status === 404)
    throw new BackupRefusal(say`There is no ${name} in ${bucket.url}. \`pilothouse backup list\` shows what is there.`)
  // An empty file has no first byte.
  if (answer.status === 416) return { bytes: Buffer.alloc(0), size: 0 }
  if (!answer.ok) throw new BackupRefusal(say`The storage refused ${name}: status ${answer.status}.`)
  const bytes = Buffer.from(await answer.arrayBuffer())
  const size = Number(/\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1] ?? bytes.length)
  if (bytes.length === 0 || (answer.status === 200 && at > 0))
    throw new BackupRefusal(say`The storage at ${new URL(bucket.url).host} does not give out pieces of files.`)
  return { bytes, size }
}
const TRIES = 4
/** What broke on the way is asked for again; what the storage refuses is not. */
async function persistently<T>(bucket: Bucket, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await work()
    } catch (error) {
      if (error instanceof BackupRefusal) throw error
      if (tries === TRIES) throw unreachable(bucket.url, error)
      await sleep(tries * 1_000)
    }
}
async function list(bucket: Bucket): Promise<{ name: string; bytes: number }[]> {
  const found: { name: string; bytes: number }[] = []
  for (let token = ''; ;) {
    const query = new URLSearchParams({
      'list-type': '2',
      prefix: bucket.prefix,
      ...(token === '' ? {} : { 'continuation-token': token }),
    })
    const text = await (await ask(bucket, 'GET', `${bucket.url}?${query}`)).text()
    for (const content of tags(text, 'Contents')) {
      const name = (tags(content, 'Key')[0] ?? '').slice(bucket.prefix.length)
      if (BACKUP_NAME.test(name)) found.push({ name, bytes: Number(tags(content, 'Size')[0]) })
    }
    token = tags(text, 'NextContinuationToken')[0] ?? ''
    if (token === '') return found.sort((a, b) => (a.name < b.name ? -1 : 1))
  }
}
/** Contents of these elements; the storage's lists are flat, and our names hold nothing that XML escapes. */
function tags(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map((match) => match[1] ?? '')
}
