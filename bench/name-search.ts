/**
 * Finding a name among 5,000 cards, each under a case key of its own, and how long anybody else waits meanwhile.
 * Run: `npx tsx --conditions=source bench/name-search.ts [CARDS]`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'

import { foundAgency, introduce, offerAsOwner } from '#parties'
import { CardBody, saveCard, searchNames, startCase } from '#people'
import { type Actor, asMember, rowOf } from '#platform/access'
import { codeAt, newAuthenticator, passCode, passPassword } from '#platform/auth'
import { readConfig } from '#platform/config'
import { cryptoReady, newCookie, openInstallation } from '#platform/crypto'
import { openDatabase, openPool, type Tx } from '#platform/db'

const cards = Number(process.argv[2] ?? 5000)
const searches = 60
const first = [
  'Ash',
  'Birch',
  'Cedar',
  'Élodie',
  'Fir',
  'Gorse',
  'Hazel',
  'Ivy',
  'Juniper',
  'Łucja',
  'Maple',
  'Noor',
]
const last = [
  'Brook',
  'Cove',
  'Dale',
  'Ford',
  'Glen',
  'Hill',
  'Isle',
  'Lake',
  'Marsh',
  'Ness',
  'Pool',
  'Ridge',
  'Shaw',
]

const folder = mkdtempSync(join(tmpdir(), 'name-search-'))
try {
  await run()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function run(): Promise<void> {
  await cryptoReady()
  const config = readConfig(
    { DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), PORT: '0' },
    folder,
  )
  if ('refused' in config) throw new Error(config.message)
  const database = await openDatabase(config)
  if ('refused' in database) throw new Error(database.message)
  const { installation } = openInstallation(config.keysDir)
  const owner = openPool(database.ownerUrl, 1)
  const token = newCookie()
  const authenticator = newAuthenticator('bench').secret
  const login = 'bench@example.org'
  const password = 'a password for the bench'
  await offerAsOwner(owner, rowOf(token), { name: 'Bench', sector: 'domestic-abuse', pack: 'uk', area: '' })
  const done = await foundAgency(database.pools.web, installation, token, {
    agencyName: 'Bench',
    sector: 'domestic-abuse',
    area: '',
    publicPhone: '01632 960001',
    login,
    password,
    card: { name: 'Bench', title: '' },
    roles: ['worker'],
    authenticator,
  })
  if ('refused' in done) throw new Error(done.refused)
  const begun = await passPassword(database.pools.web, installation.pepper, login, password)
  if ('refused' in begun) throw new Error(begun.refused)
  const now = Temporal.Now.instant()
  await passCode(database.pools.web, begun.cookie, codeAt(authenticator, now), now)
  const at = { pools: database.pools, introduce }
  const act = async <T>(work: (db: Tx, actor: Actor) => Promise<T>): Promise<T> => {
    const answer = await asMember(at, begun.cookie, 'bench', async (db, actor) => ({
      done: await work(db, actor),
    }))
    if ('refused' in answer) throw new Error('The session is closed.')
    return answer.done
  }
  await fill(act)
  await search(act)
  await owner.destroy()
  await database.close()
}

type Act = <T>(work: (db: Tx, actor: Actor) => Promise<T>) => Promise<T>

async function fill(act: Act): Promise<void> {
  for (let from = 0; from < cards; from += 100) {
    await act(async (db, actor) => {
      for (let i = from; i < Math.min(from + 100, cards); i += 1) {
        const { caseId } = await startCase(db, actor)
        const name = `${first[i % first.length]} ${last[i % last.length]} ${i}`
        const body = CardBody.parse({ name, role: 'survivor' })
        await saveCard(db, actor, { caseId, id: null, version: 0 }, body)
      }
    })
  }
}

async function search(act: Act): Promise<void> {
  const queries = ['swit', 'lucja', 'ha', 'brook', '4711', 'elodie gl', 'nobody of this name']
  const times: number[] = []
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  for (let i = 0; i < searches; i += 1) {
    const begun = performance.now()
    await act((db, actor) => searchNames(db, actor, { query: queries[i % queries.length] ?? '' }))
    times.push(performance.now() - begun)
  }
  delay.disable()
  times.sort((a, b) => a - b)
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(0)
  process.stdout.write(
    [
      `name search over ${cards} cards, ${searches} searches`,
      `  p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (aim: 300 ms)`,
      `  others waited: p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms, most ${(delay.max / 1e6).toFixed(1)} ms (aim: slices of 5 ms)`,
      '',
    ].join('\n'),
  )
}
