import { PgBoss } from 'pg-boss'
import { sql } from 'kysely'

import { asJob } from '#platform/access'
import { tellFailures } from '#platform/auth'
import type { Installation } from '#platform/crypto'
import type { Pools } from '#platform/db'
import { sealLedger } from '#platform/ledger'

import { endExpired } from './end-expired.ts'
import { bossSchema, type Queue, queues } from './queues.ts'

/** What the jobs need: no key of any party, only the installation's own. */
export interface JobParts {
  readonly jobsUrl: string
  readonly pools: Pools
  readonly installation: Installation
  /** Sends what waits in the mail table; how many left. */
  readonly sendMail: () => Promise<number>
  /** Asks who keeps entries of the directory whether they are still right, where it is time. */
  readonly askOwners: () => Promise<unknown>
  /** Mails the times that workers put into their calendars, moved or called off. */
  readonly tellCalendars: () => Promise<unknown>
  /** Reads and applies large files that wait. */
  readonly bringFiles: () => Promise<unknown>
  /** Looks at the feeds that are due. */
  readonly followFeeds: () => Promise<unknown>
  /** Sends what agencies' own systems are told. */
  readonly sendEvents: () => Promise<unknown>
  /** Looks at the disk, and gives the ballast up when it runs full; false when it did. */
  readonly diskHolds: () => boolean
  /** Told a queue's name when its work failed; the next minute tries again. */
  readonly onFault: (queue: string) => void
}

/** Starts the minute's work. Any number of servers may run it: each minute's job goes to one of them. */
export async function runJobs(parts: JobParts): Promise<{ readonly stop: () => Promise<void> }> {
  const boss = new PgBoss({
    connectionString: parts.jobsUrl,
    schema: bossSchema,
    migrate: false,
    createSchema: false,
    max: 2,
    cronMonitorIntervalSeconds: 20,
  })
  boss.on('error', () => parts.onFault('queue'))
  await boss.start()
  const acts = actsOf(parts)
  for (const queue of queues) {
    await boss.work(queue, { pollingIntervalSeconds: 5 }, async () => {
      await acts[queue]().catch(() => parts.onFault(queue))
    })
    await boss.schedule(queue, '* * * * *')
  }
  return { stop: () => boss.stop({ graceful: true, timeout: 5_000 }) }
}

/** Each queue's work, once. */
export function actsOf(parts: Omit<JobParts, 'jobsUrl'>): Readonly<Record<Queue, () => Promise<void>>> {
  const { pools, installation, sendMail, onFault } = parts
  return {
    'seal-ledger': async () => {
      while ((await sealLedger(pools, installation.sign)) > 0);
    },
    'end-expired': async () => {
      await endExpired(pools)
    },
    sweep: async () => {
      if (!parts.diskHolds()) onFault('disk-low')
      await asJob(pools, (db) =>
        sql`select access.sweep(), releases.sweep_visits(), light.sweep(), caseload.sweep(), diary.sweep(), referrals.sweep(), clients.sweep(), calendar.sweep(), events.sweep()`.execute(
          db,
        ),
      )
    },
    'tell-failures': async () => {
      await tellFailures(pools)
    },
    notify: async () => {
      await asJob(pools, (db) => sql`select jobs.notify_at_once()`.execute(db))
      await asJob(pools, (db) => sql`select jobs.notify_waiting()`.execute(db))
      await asJob(pools, (db) => sql`select diary.remind()`.execute(db))
      await parts.tellCalendars()
    },
    'ask-renewals': async () => {
      await asJob(pools, (db) => sql`select releases.ask_renewals()`.execute(db))
    },
    'ask-owners': async () => {
      await parts.askOwners()
    },
    'send-mail': async () => {
      while ((await sendMail()) > 0);
    },
    'bring-files': async () => {
      await parts.bringFiles()
    },
    'follow-feeds': async () => {
      await parts.followFeeds()
    },
    'send-events': async () => {
      await parts.sendEvents()
    },
  }
}
