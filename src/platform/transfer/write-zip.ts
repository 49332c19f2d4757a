/** A ZIP file as a stream: members are taken one after another, so that one is open at a time. */
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'

interface Member {
  readonly name: string
  readonly content: Buffer | Readable
}
/** A fault of a member destroys the stream with that fault. */
export function zipWriter(members: AsyncIterable<Member>): AsyncIterable<Uint8Array> {
  const zip = new ZipFile()
  // yazl's stream is a classic readable; typed as the older interface, it is Node's own PassThrough.
  const output = zip.outputStream as Readable
  addAll(zip, members).then(
    () => zip.end(),
    (fault: unknown) => output.destroy(fault instanceof Error ? fault : new Error(String(fault))),
  )
  return output
}
async function addAll(zip: ZipFile, members: AsyncIterable<Member>): Promise<void> {
  for await (const { name, content } of members) {
    if (content instanceof Readable) {
      zip.addReadStream(content, name)
      await finished(content, { writable: false })
    } else zip.addBuffer(content, name)
  }
}
