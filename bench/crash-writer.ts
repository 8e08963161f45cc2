import { writeSync } from 'node:fs'
import { Client } from 'pg'
import { startEmbedded } from '../src/platform/db/embedded.ts'

/**
 * The process that gets killed: `node crash-writer.ts DATA_DIR ROUND`. It starts the database, says what the round before
 * left behind, then commits rows as fast as it can and says each one after the database has acknowledged it.
 */
const [dataDir = '', roundText = ''] = process.argv.slice(2)
const round = Number(roundText)
const writers = 3

const database = await startEmbedded({ dataDir })
if ('refused' in database) {
  say(`refused ${database.message}`)
  process.exit(1)
}
const clients = await Promise.all(Array.from({ length: writers }, () => connect(database.url)))
await clients[0]?.query(
  'create table if not exists written (round int, writer int, turn int, primary key (round, writer, turn))',
)
for (const row of (await clients[0]?.query('select * from written where round = $1', [round - 1]))?.rows ??
  []) {
  say(`stored ${row.round}.${row.writer}.${row.turn}`)
}
say(`ready ${(await clients[0]?.query('select count(*)::int as count from written'))?.rows[0].count}`)
// In every second round the server is killed first; there is nothing to say about that.
await Promise.allSettled(clients.map((client, writer) => write(client, writer)))

async function write(client: Client, writer: number): Promise<never> {
  for (let turn = 0; ; turn++) {
    await client.query('insert into written values ($1, $2, $3)', [round, writer, turn])
    say(`written ${round}.${writer}.${turn}`)
  }
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  return client
}

/** Writes at once: a line that waits in our memory would die with us. */
function say(line: string): void {
  writeSync(1, `${line}\n`)
}
