// A process of its own that holds an embedded database: `hold-database.ts <data folder>`. Prints one line of JSON
// when ready and stops the database on SIGTERM.
import { startEmbedded } from '#platform/postgres/embedded.ts'

const [folder = ''] = process.argv.slice(2)
const embedded = await startEmbedded(folder)
console.log(JSON.stringify({ adopted: embedded.adopted, connection: embedded.connection }))
const alive = setInterval(() => {}, 60_000)
process.once('SIGTERM', () => {
  clearInterval(alive)
  void embedded.stop()
})
