import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { keeping, type Sent, type Standing } from './keeping.ts'

/** A server that counts revisions, as the real one does; the clock never comes to the pause, so that only what is flushed is sent. */
function begin() {
  const server = { value: 'A', rev: 1 }
  const told: Standing<string>[] = []
  const sent: string[] = []
  const kept = keeping(
    { ...server },
    {
      pauseMs: 3_600_000,
      isSame: (one, other) => one === other,
      tell: (standing) => void told.push(standing),
      send: async (value, rev): Promise<Sent<string>> => {
        sent.push(value)
        if (value === 'refused') throw new Error('It has no title.')
        if (rev !== server.rev) return { ...server, isStale: true }
        Object.assign(server, { value, rev: rev + 1 })
        return { ...server }
      },
    },
  )
  return { server, told, sent, kept }
}

describe('what is edited as one goes', () => {
  it('is sent at once when one leaves before the pause has passed', async () => {
    const { server, sent, kept } = begin()
    kept.change('B')
    kept.change('C')
    await kept.flush()
    assert.deepEqual([sent, server.value], [['C'], 'C'])
    await kept.flush()
    assert.deepEqual(sent, ['C'])
  })

  it('is sent again where somebody else has changed something beside it', async () => {
    const { server, told, kept } = begin()
    server.rev = 5
    kept.change('B')
    await kept.flush()
    assert.deepEqual(server, { value: 'B', rev: 6 })
    assert.deepEqual(told.at(-1), { is: 'saved', rev: 6 })
  })

  it('is asked about where somebody else has changed the same, and goes on after either answer', async () => {
    for (const isMine of [true, false]) {
      const { server, told, kept } = begin()
      Object.assign(server, { value: 'theirs', rev: 2 })
      kept.change('mine')
      await kept.flush()
      assert.deepEqual([server.value, told.at(-1)], ['theirs', { is: 'asked', theirs: 'theirs' }])
      kept.change('mine, longer')
      await kept.flush()
      assert.equal(server.value, 'theirs', 'nothing is sent before the answer')
      if (isMine) await kept.keepMine()
      else kept.takeTheirs()
      assert.equal(server.value, isMine ? 'mine, longer' : 'theirs')
      kept.change('later')
      await kept.flush()
      assert.deepEqual([server.value, told.at(-1)?.is], ['later', 'saved'])
    }
  })

  it('tells what is refused, and sends what comes after it', async () => {
    const { server, told, kept } = begin()
    kept.change('refused')
    await kept.flush()
    assert.equal(told.at(-1)?.is, 'notSaved')
    kept.change('B')
    await kept.flush()
    assert.deepEqual([server.value, told.at(-1)?.is], ['B', 'saved'])
  })
})
