// Rows are taken out of a connection's bytes however the socket cuts them, and everything else reaches the driver as it came.
import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { describe, it } from 'node:test'
import { takeCopyData } from './copy-data.ts'

const message = (code: string, content: string): Buffer => {
  const head = Buffer.alloc(5)
  head.write(code, 0, 'latin1')
  head.writeUInt32BE(4 + content.length, 1)
  return Buffer.concat([head, Buffer.from(content, 'latin1')])
}
const ROWS = ['PGCOPY', 'a row', '', 'x'.repeat(300), 'Z\0\0\0\u0005I']
const STATEMENT = Buffer.concat([
  message('H', 'format'),
  ...ROWS.slice(0, 2).map((row) => message('d', row)),
  message('N', 'notice'),
  ...ROWS.slice(2).map((row) => message('d', row)),
  message('c', ''),
  message('C', 'COPY 5'),
  message('Z', 'I'),
  message('A', 'told behind the end'),
])

describe('rows of COPY, taken before the driver', () => {
  it('come whole, in order, whatever the pieces of the socket', async () => {
    for (const size of [1, 2, 3, 4, 5, 6, 7, 11, 64, 310, STATEMENT.length]) {
      const socket = new PassThrough({ readableHighWaterMark: 1 })
      const [rows, others, pieces]: [string[], string[], number[]] = [[], [], []]
      const driver = (chunk: Buffer): void => void others.push(chunk.toString('latin1'))
      socket.on('data', driver)
      takeCopyData(
        { stream: socket },
        {
          onData: (bytes, begin, end) => void rows.push(bytes.toString('latin1', begin, end)),
          onPiece: (bytes) => void pieces.push(bytes),
        },
      )
      for (let at = 0; at < STATEMENT.length; at += size) socket.emit('data', STATEMENT.subarray(at, at + size))
      assert.deepEqual(rows, ROWS, `in pieces of ${size}`)
      const behind = message('A', 'told behind the end').toString('latin1')
      const wanted = [
        message('H', 'format'),
        message('N', 'notice'),
        message('c', ''),
        message('C', 'COPY 5'),
        message('Z', 'I'),
      ]
      assert.equal(others.join(''), Buffer.concat(wanted).toString('latin1') + behind)
      assert.deepEqual(socket.listeners('data'), [driver])
      assert.ok(pieces.every((bytes) => bytes <= size))
    }
  })
  it('leave the next statement alone, also one that begins where the driver hears of the end', () => {
    const socket = new PassThrough()
    const rows: string[] = []
    const take = (name: string): void =>
      takeCopyData(
        { stream: socket },
        { onData: (bytes, begin, end) => void rows.push(`${name} ${bytes.toString('latin1', begin, end)}`) },
      )
    let isSecond = false
    socket.on('data', (chunk: Buffer) => {
      if (chunk[0] !== 0x5a || isSecond) return
      isSecond = true
      take('second')
    })
    take('first')
    socket.emit('data', Buffer.concat([message('d', 'one'), message('Z', 'I')]))
    socket.emit('data', Buffer.concat([message('d', 'two'), message('Z', 'I')]))
    assert.deepEqual(rows, ['first one', 'second two'])
    assert.equal(socket.listenerCount('data'), 1)
  })
})
