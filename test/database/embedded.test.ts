// The launcher of the embedded PostgreSQL through what happens to a service: doubled starts, kills, deep folders.
import assert from 'node:assert/strict'
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import pg from 'pg'
import { startEmbedded, type Connection } from '#platform/postgres/embedded.ts'

const program = path.join(import.meta.dirname, '../setup/hold-database.ts')
const folders: string[] = []
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

describe('embedded PostgreSQL', () => {
  it('starts, takes a write, stops, and has it after the next start', async () => {
    const folder = await newFolder()
    const first = await startEmbedded(folder)
    assert.equal(first.adopted, false)
    await ask(first.connection, 'create table kept as select 7 as n')
    await first.stop()
    assert.equal(await serverOf(folder), null)
    const second = await startEmbedded(folder)
    assert.deepEqual(await ask(second.connection, 'select n from kept'), [{ n: 7 }])
    await second.stop()
  })

  it('listens on no network port, to a role that is no superuser, in UTC and the builtin locale', async () => {
    const embedded = await startEmbedded(await newFolder())
    const [row] = await ask(
      embedded.connection,
      `select current_setting('listen_addresses') as net, current_setting('timezone') as zone, usesuper as super,
        (select datlocprovider::text from pg_database where datname = current_database()) as locale,
        current_setting('data_checksums') as checksums
       from pg_user where usename = current_user`,
    )
    assert.deepEqual(row, { net: '', zone: 'UTC', super: false, locale: 'b', checksums: 'on' })
    await ask(embedded.connection, 'create extension pg_trgm; create extension btree_gist; create extension unaccent')
    await embedded.stop()
  })

  it('is adopted by the next start when its parent was killed, with nothing lost', async () => {
    const folder = await newFolder()
    const parent = await hold(folder)
    await ask(parent.connection, 'create table kept as select 1 as n')
    const server = await serverOf(folder)
    parent.child.kill('SIGKILL')
    await once(parent.child, 'exit')
    const next = await startEmbedded(folder)
    assert.equal(next.adopted, true)
    assert.equal(await serverOf(folder), server)
    assert.deepEqual(await ask(next.connection, 'select n from kept'), [{ n: 1 }])
    await next.stop()
    assert.equal(await serverOf(folder), null)
  })

  it('is started by one of two that come at once into an empty folder, and adopted by the other', async () => {
    const folder = await newFolder()
    const both = await Promise.all([hold(folder), hold(folder)])
    assert.equal(both.filter(({ adopted }) => adopted).length, 1)
    await both[0].stop()
    assert.deepEqual(await ask(both[1].connection, 'select 1 as n'), [{ n: 1 }])
    await both[1].stop()
    assert.equal(await serverOf(folder), null)
  })

  it('comes back with every acknowledged write after the server itself was killed', async () => {
    const folder = await newFolder()
    const first = await startEmbedded(folder)
    await ask(first.connection, 'create table kept (n int)')
    for (let n = 1; n <= 20; n++) await ask(first.connection, `insert into kept values (${n})`)
    process.kill(Number(await serverOf(folder)), 'SIGKILL')
    const again = await startEmbedded(folder)
    assert.deepEqual(await ask(again.connection, 'select count(*)::int as n from kept'), [{ n: 20 }])
    await again.stop()
  })

  it('survives a Ctrl-C that reaches the whole process group', async () => {
    const folder = await newFolder()
    const parent = await hold(folder, true)
    process.kill(-Number(parent.child.pid), 'SIGINT')
    await once(parent.child, 'exit')
    assert.notEqual(await serverOf(folder), null)
    await (await startEmbedded(folder)).stop()
  })

  it('starts in a folder too deep for a socket', async () => {
    const folder = path.join(await newFolder(), 'x'.repeat(60), 'y'.repeat(60))
    const embedded = await startEmbedded(folder)
    assert.ok(embedded.connection.host.length < 100)
    assert.deepEqual(await ask(embedded.connection, 'select 1 as n'), [{ n: 1 }])
    await embedded.stop()
  })

  it('clears away a cluster whose making was interrupted', async () => {
    const folder = await newFolder()
    await mkdir(path.join(folder, 'postgres.new-99'))
    await writeFile(path.join(folder, 'postgres.new-99', 'half'), '')
    await (await startEmbedded(folder)).stop()
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.includes('.new-')),
      [],
    )
  })

  it('does not mistake a copied folder for the running original', async () => {
    const folder = await newFolder()
    const original = await startEmbedded(folder)
    await ask(original.connection, 'create table here as select 1 as n')
    await original.stop()
    const running = await startEmbedded(folder)
    const copy = await newFolder()
    await rm(copy, { recursive: true })
    spawnSync('cp', ['-a', folder, copy])
    const second = await startEmbedded(copy)
    assert.equal(second.adopted, false)
    assert.notEqual(await serverOf(copy), await serverOf(folder))
    await second.stop()
    await running.stop()
  })

  it('does not take another program for the server when its process number was given again', async () => {
    const folder = await newFolder()
    await (await startEmbedded(folder)).stop()
    const file = [process.pid, path.join(folder, 'postgres'), 0, 5432, path.join(folder, 'run'), '', '', 'ready   ']
    await writeFile(path.join(folder, 'postgres', 'postmaster.pid'), file.join('\n'))
    const embedded = await startEmbedded(folder)
    assert.equal(embedded.adopted, false)
    await embedded.stop()
  })

  it('says what to do when the cluster is of another major version', async () => {
    const folder = await newFolder()
    await (await startEmbedded(folder)).stop()
    await writeFile(path.join(folder, 'postgres', 'PG_VERSION'), '14\n')
    await assert.rejects(startEmbedded(folder), /written by PostgreSQL 14.*PILOTHOUSE_PG_BIN/s)
  })

  it('quotes the server when it refuses to start', async () => {
    const folder = await newFolder()
    await (await startEmbedded(folder)).stop()
    await writeFile(path.join(folder, 'postgres.conf'), `shared_buffers = 'a lot'\n`)
    await chmod(path.join(folder, 'postgres.conf'), 0o644)
    await assert.rejects(startEmbedded(folder), /did not start.*invalid value for parameter "shared_buffers"/s)
  })

  it('names the folder when PILOTHOUSE_PG_BIN holds no PostgreSQL', async () => {
    await assert.rejects(
      startEmbedded(await newFolder(), { binaries: '/nowhere' }),
      /\/nowhere\/(postgres|initdb) is missing/,
    )
  })
})

const isRoot = process.getuid?.() === 0
const hasNamespaces = spawnSync('unshare', ['--user', '--map-user=65534', 'true']).status === 0

describe('embedded PostgreSQL as root', { skip: !isRoot && 'only root has this trouble' }, () => {
  it(
    'runs in a user namespace where no other account may enter',
    { skip: !hasNamespaces && 'no user namespaces here' },
    async () => {
      const home = await newFolder()
      await chmod(home, 0o700)
      const folder = path.join(home, 'data')
      const embedded = await startEmbedded(folder)
      assert.deepEqual(await ask(embedded.connection, 'select 1 as n'), [{ n: 1 }])
      assert.equal((await stat(path.join(folder, 'postgres', 'PG_VERSION'))).uid, 0)
      await embedded.stop()
      const again = await startEmbedded(folder)
      await again.stop()
    },
  )

  it('keeps the owner of a cluster that an ordinary user made', async () => {
    const folder = await newFolder()
    await (await startEmbedded(folder)).stop()
    const owner = (await stat(path.join(folder, 'postgres', 'PG_VERSION'))).uid
    const moved = `${folder}-moved`
    folders.push(moved)
    await rename(folder, moved)
    const embedded = await startEmbedded(moved)
    const status = await readFile(`/proc/${await serverOf(moved)}/status`, 'utf8')
    assert.match(status, new RegExp(`^Uid:\\s+${owner}\\b`, 'm'))
    await embedded.stop()
  })
})

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ph-'))
  await chmod(folder, 0o711)
  folders.push(folder)
  return folder
}

async function ask(connection: Connection, sql: string): Promise<object[]> {
  const client = new pg.Client({ ...connection })
  await client.connect()
  try {
    return (await client.query<object>(sql)).rows
  } finally {
    await client.end()
  }
}

/** The number of the folder's server process, or null when its file is gone. */
async function serverOf(folder: string): Promise<string | null> {
  const text = await readFile(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => null)
  return text?.split('\n')[0] ?? null
}

interface Holder {
  child: ChildProcess
  adopted: boolean
  connection: Connection
  stop(): Promise<unknown>
}

async function hold(folder: string, isGroup = false): Promise<Holder> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'], detached: isGroup })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const stop = async (): Promise<unknown> => {
    child.kill('SIGTERM')
    return once(child, 'exit')
  }
  return { child, ...(JSON.parse(line.toString()) as { adopted: boolean; connection: Connection }), stop }
}
