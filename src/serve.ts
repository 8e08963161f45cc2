import { sql } from 'kysely'

import { demoLeftHalfMade, standDemo } from '#demo'
import { tellCalendars } from '#calendar'
import { applyForbiddingRules, askOwners } from '#directory'
import { sendEvents } from '#events'
import { bringFiles, followFeeds } from '#exchange'
import { nobodyYet, offerAsOwner } from '#parties'
import { rowOf } from '#platform/access'
import { type Config, watchParent } from '#platform/config'
import { cryptoReady, newCookie, openInstallation } from '#platform/crypto'
import {
  diskHolds,
  hasRoom,
  layBallast,
  type OpenDatabase,
  openDatabase,
  openPool,
  type Pools,
} from '#platform/db'
import { createLog, type ReadyCheck, serveApp } from '#platform/http'
import { prepareQueues, runJobs } from '#platform/jobs'
import { createWords } from '#platform/i18n'
import { mailWords, outboxCarrier, sendMail, sendWaiting, smtpCarrier } from '#platform/mail'

import { createApp, wordsOf } from './app.ts'
import { demoPages } from './demo/routes.ts'
import { askToSignIn } from './parties/routes.ts'
import { roomsOf } from './rooms.ts'

const HALF_MADE =
  'An invented world was begun here and not finished. Run npm start on the same folders once more, or begin with an empty DATA_DIR.'
const LOOK_ROUND = 'The first page offers Look round as …, one click each. Everything in it is invented.\n'
const INVENTED_HERE =
  'This database holds the invented world. For real work set DATA_DIR and KEYS_DIR to new folders, or DATABASE_URL to an empty database.\n'

/** Starts everything and resolves when it has stopped. Refusals are one line on standard error. Gives the exit code. */
export async function serve(
  config: Config,
  options: { readonly demo: boolean } = { demo: false },
): Promise<number> {
  await cryptoReady()
  const log = createLog()
  layBallast(config.dataDir)
  const database = await openDatabase(config)
  if ('refused' in database) return complain(database.message)
  await bringRulesToday(database.ownerUrl)
  const { installation, made } = openInstallation(config.keysDir)
  if (options.demo) {
    const wordsFor = wordsOf(roomsOf({ config, variables: process.env }).rooms)
    await standDemo({ config, database, installation, wordsFor, out: process.stdout })
  }
  if (await demoLeftHalfMade({ config, database })) {
    await database.close()
    return complain(HALF_MADE)
  }
  await prepareQueues(database.ownerUrl)
  const holdsDemo = await isDemo(database.pools)
  const send = sendMail(letterhead(config), carrier(config))
  const site = { pools: database.pools, installation }
  const jobs = await runJobs({
    ...site,
    jobsUrl: database.urls.jobs,
    sendMail: async () => (config.mail === null ? 0 : sendWaiting(database.pools, installation, send)),
    askOwners: () => askOwners(database.pools, installation, config.publicUrl),
    tellCalendars: () => tellCalendars(database.pools, installation),
    bringFiles: () => bringFiles(database.pools, installation),
    followFeeds: () => followFeeds({ ...site, reach: { loopback: config.loopback && holdsDemo } }),
    sendEvents: () => sendEvents({ ...site, hosts: config.eventHosts, reach: { loopback: false } }),
    diskHolds: () => diskHolds(config.dataDir),
    onFault: (queue) => log.error({ queue, code: 'job-failed' }),
  })
  const demo = config.demo === false ? null : demoPages(config, holdsDemo)
  const { rooms, warnings } = roomsOf({ config, variables: process.env, demo })
  const app = createApp({
    config,
    pools: database.pools,
    installation,
    log,
    rooms,
    demo: demo !== null,
    checks: readyChecks(config, database.pools),
    askToSignIn,
  })
  const listening = await serveApp(app, config).catch((error: unknown) => complaint(error, config))
  if (typeof listening === 'string') {
    await jobs.stop()
    await database.close()
    return complain(listening)
  }
  say(`Anydoor is at ${config.publicUrl}\n`)
  if (demo !== null) say(LOOK_ROUND)
  else if (holdsDemo) say(INVENTED_HERE)
  if (made && demo === null)
    say(
      `Copy ${config.keysDir} to a second safe place now, or print it with bin/anydoor keys print: without it nobody can sign in again.\n`,
    )
  if (demo === null) for (const line of warnings) say(`${line}\n`)
  await offerFirst(database, config)
  await untilStopped(database)
  say('Stopping.\n')
  await listening.close()
  await jobs.stop()
  await database.close()
  return 0
}

function readyChecks(config: Config, pools: Pools): readonly ReadyCheck[] {
  const reaches = (login: 'web' | 'public' | 'jobs' | 'sealer'): ReadyCheck => ({
    name: login,
    check: async () => (await sql<{ one: number }>`select 1 as one`.execute(pools[login])).rows[0]?.one === 1,
  })
  const disk: ReadyCheck = {
    name: 'disk',
    check: async () => hasRoom(config.dataDir),
  }
  return [reaches('web'), reaches('public'), reaches('jobs'), reaches('sealer'), disk]
}

function letterhead(config: Config) {
  const t = createWords([mailWords])({ pack: config.pack })
  return {
    say: (key: string, vars?: Readonly<Record<string, string>>) => t(key, vars),
    from: config.mail?.from ?? 'nobody@example.org',
    publicUrl: config.publicUrl,
  }
}

function carrier(config: Config) {
  return config.mail === null
    ? outboxCarrier({ put: async () => undefined })
    : smtpCarrier(config.mail.smtpUrl)
}

async function isDemo(pools: Pools): Promise<boolean> {
  const { rows } = await sql<{ demo: boolean }>`select access.is_demo() as demo`.execute(pools.web)
  return rows[0]?.demo === true
}

/** A rule of who may not be turned away reaches what was stored before it. */
async function bringRulesToday(ownerUrl: string): Promise<void> {
  const owner = openPool(ownerUrl, 1)
  try {
    const moved = await applyForbiddingRules(owner)
    if (moved > 0)
      say(`Rules about who may be turned away have changed: ${moved} clauses of the directory follow them.\n`)
  } finally {
    await owner.destroy()
  }
}

/** While no agency exists, each start prints one link with which the first administrator makes it. */
async function offerFirst(database: OpenDatabase, config: Config): Promise<void> {
  const owner = openPool(database.ownerUrl, 1)
  try {
    if (!(await nobodyYet(owner))) return
    const token = newCookie()
    await offerAsOwner(owner, rowOf(token), {
      name: '',
      sector: '',
      pack: config.pack,
      area: '',
    })
    say(
      `Nobody is here yet. The first administrator begins at ${config.publicUrl}/begin/${token} (within 72 hours, once).\n`,
    )
  } finally {
    await owner.destroy()
  }
}

async function untilStopped(database: OpenDatabase): Promise<void> {
  const stopped = Promise.withResolvers<void>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.resolve())
  const unwatch = watchParent(process.env, () => stopped.resolve())
  await Promise.race([stopped.promise, database.ended])
  unwatch()
}

function complaint(error: unknown, config: Config): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return `Port ${config.port} is taken. Set PORT to another, or stop the program that holds it.`
  if (code === 'EACCES')
    return `Port ${config.port} may not be used by this account. Set PORT to one above 1023.`
  throw error
}

function complain(message: string): number {
  process.stderr.write(`${message}\n`)
  return 2
}

function say(text: string): void {
  process.stdout.write(text)
}
