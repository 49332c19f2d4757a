// S3-compatible storage on a loopback port: it checks keys and keeps parts.
import S3rver from 's3rver'
import { ownFolder } from './backup.ts'
import { atEnd } from './database.ts'

/** @returns the environment that reaches it; it has one bucket. The keys are the server's own, fixed ones. */
export async function startS3(bucket: string): Promise<Record<string, string>> {
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: ownFolder(),
    configureBuckets: [{ name: bucket }],
  })
  const { port } = await server.run()
  atEnd(() => server.close())
  return {
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
    PILOTHOUSE_S3_ENDPOINT: `http://127.0.0.1:${port}`,
  }
}
