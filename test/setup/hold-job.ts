// A worker of its own that takes the job "long" and never finishes it: `hold-job.ts <connection as JSON>`.
// Prints "taken" when it has it.
import { openDatabase } from '#platform/database.ts'
import { openJobs } from '#platform/jobs.ts'
import type { Connection } from '#platform/postgres/embedded.ts'

// The parent test hands over its own connection.
const connection = JSON.parse(process.argv[2] ?? '') as Connection
const jobs = openJobs({
  connection,
  db: openDatabase({ connection }),
  pace: { poll: 0.5, supervise: 1, heartbeat: 10 },
})
jobs.define('long', {}, () => {
  console.log('taken')
  return new Promise(() => {})
})
await jobs.start(true)
