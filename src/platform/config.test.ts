import assert from 'node:assert/strict'
import path from 'node:path'
import { describe, it } from 'node:test'
import { type ConfigRefusal, readConfig } from './config.ts'

describe('configuration', () => {
  it('needs nothing: this machine only, embedded database, every role', () => {
    assert.deepEqual(readConfig({}), {
      port: 7300,
      host: '127.0.0.1',
      dataFolder: path.resolve('data'),
      databaseUrl: null,
      archive: { folder: path.resolve('data/archive'), days: 7 },
      readerUrl: null,
      publicUrl: 'http://127.0.0.1:7300',
      postgresPrograms: null,
      isPrepared: true,
      roles: ['web', 'worker', 'probe'],
      rates: { person: 1200, address: 12_000 },
      proxies: [],
      drainSeconds: 0,
      securityContact: null,
    })
  })

  it('takes empty variables as absent, as compose files write them', () => {
    assert.deepEqual(readConfig({ PORT: '', DATABASE_URL: ' ', PUBLIC_URL: '' }), readConfig({}))
  })

  const good: [string, string, object][] = [
    ['PORT', '0', { port: 0 }],
    ['PUBLIC_URL', 'https://desk.example.com/', { publicUrl: 'https://desk.example.com' }],
    [
      'DATABASE_URL',
      'postgresql://u:p%40ss@db/ph?sslmode=require',
      { databaseUrl: 'postgresql://u:p%40ss@db/ph?sslmode=require' },
    ],
    ['PILOTHOUSE_PREPARED', 'false', { isPrepared: false }],
    ['PILOTHOUSE_ARCHIVE_TO', 'off', { archive: null }],
    ['PILOTHOUSE_ARCHIVE_TO', '/mnt/vault', { archive: { folder: '/mnt/vault', days: 7 } }],
    ['PILOTHOUSE_ARCHIVE_DAYS', '14', { archive: { folder: path.resolve('data/archive'), days: 14 } }],
    ['DATABASE_URL', 'postgres://h/d', { archive: null }],
    ['PILOTHOUSE_ROLES', 'worker, web', { roles: ['web', 'worker'] }],
  ]
  for (const [name, value, expected] of good) {
    it(`takes ${name}=${value}`, () => assert.partialDeepStrictEqual(readConfig({ [name]: value }), expected))
  }

  it('lets the command line win', () => {
    assert.deepEqual(readConfig({ PILOTHOUSE_ROLES: 'web' }, { role: 'probe' }).roles, ['probe'])
  })

  const bad: [string, string, RegExp][] = [
    ['PORT', '70000', /PORT: "70000" is not a port/],
    ['PORT', '-1', /is not a port/],
    ['PORT', '7300.5', /is not a port/],
    ['HOST', 'http://x', /HOST: .*127\.0\.0\.1/],
    ['DATABASE_URL', 'mysql://u:secret@h/d', /DATABASE_URL: .*postgres:\/\//],
    ['DATABASE_URL', 'postgres://h', /names no database/],
    ['PUBLIC_URL', 'desk.example.com', /PUBLIC_URL: .*https:/],
    ['PILOTHOUSE_ARCHIVE_DAYS', '0', /PILOTHOUSE_ARCHIVE_DAYS: "0" is no number of days from 1 to 366/],
    ['PILOTHOUSE_ROLES', 'web,boss', /"boss" is no role/],
    ['PILOTHOUSE_PREPARED', 'maybe', /neither true nor false/],
  ]
  for (const [name, value, message] of bad) {
    it(`refuses ${name}=${value} with what to do`, () => assert.throws(() => readConfig({ [name]: value }), message))
  }

  it('tells all problems at once, and never a password', () => {
    assert.throws(
      () => readConfig({ PORT: 'x', DATABASE_URL: 'http://u:secret@h/d' }),
      (error: ConfigRefusal) => error.problems.length === 2 && !error.message.includes('secret'),
    )
  })
})
