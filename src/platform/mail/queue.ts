import { openSealed, sealTo, type Installation } from '#platform/crypto'
import type { Pools, Tx } from '#platform/db'
import { asJob } from '#platform/access'

import type { MailOrder } from './mail.ts'
import type { SendMail } from './send.ts'

const TRIES = 5
const BATCH = 20

/** Puts one mail into the queue, its address and link sealed to the installation: the table tells only when and which template. */
export async function putMail(
  db: Tx,
  at: Installation,
  order: MailOrder,
  dueAt: Date | null = null,
): Promise<void> {
  await db
    .insertInto('jobs.mail')
    .values({
      address: sealOrder(at, order),
      template: order.template,
      ...(dueAt === null ? {} : { due_at: dueAt }),
    })
    .execute()
}

/** What the queue keeps of a mail: address, link and entry, sealed to the installation. */
export function sealOrder(at: Installation, order: Omit<MailOrder, 'template'>): Uint8Array {
  const { to, link, entry } = order
  return sealTo(at.mail.publicKey, new TextEncoder().encode(JSON.stringify({ to, link, entry })))
}

/** Opens a queued mail's address and link. */
function openOrder(
  at: Installation,
  row: { readonly address: Uint8Array; readonly template: MailOrder['template'] },
): MailOrder {
  const text = new TextDecoder().decode(openSealed(at.mail, row.address))
  // A notice carries the address alone, as the account keeps it; other mails carry their link with it.
  const { to, link, entry } = (text.startsWith('{') ? JSON.parse(text) : { to: text }) as {
    readonly to: string
    readonly link?: string
    readonly entry?: Omit<NonNullable<MailOrder['entry']>, 'from'> & { readonly from: string }
  }
  return {
    to,
    link,
    template: row.template,
    ...(entry === undefined ? {} : { entry: { ...entry, from: new Date(entry.from) } }),
  }
}

/** Sends up to twenty mails that are due and forgets those that left; one that keeps failing is given up after five tries. */
export async function sendWaiting(pools: Pools, at: Installation, send: SendMail): Promise<number> {
  return asJob(pools, async (db) => {
    const due = await db
      .selectFrom('jobs.mail')
      .select(['id', 'address', 'template', 'tries'])
      .where('state', '=', 'waiting')
      .where('due_at', '<=', new Date())
      .orderBy('due_at')
      .limit(BATCH)
      .forUpdate()
      .skipLocked()
      .execute()
    let left = 0
    for (const row of due) {
      const outcome = await send(openOrder(at, row))
      if ('sent' in outcome) {
        await db.deleteFrom('jobs.mail').where('id', '=', row.id).execute()
        left += 1
      } else {
        const tries = row.tries + 1
        await db
          .updateTable('jobs.mail')
          .set({
            tries,
            state: tries >= TRIES ? 'failed' : 'waiting',
            due_at: new Date(Date.now() + tries * 120_000),
          })
          .where('id', '=', row.id)
          .execute()
      }
    }
    return left
  })
}

/** What waits in the queue, opened: for the demo's outbox page, where no mail server is set and nothing leaves. */
export async function waitingMail(
  pools: Pools,
  at: Installation,
): Promise<readonly (MailOrder & { readonly dueAt: Date })[]> {
  const rows = await asJob(pools, (db) =>
    db
      .selectFrom('jobs.mail')
      .select(['address', 'template', 'due_at'])
      .where('state', '=', 'waiting')
      .orderBy('due_at', 'desc')
      .limit(50)
      .execute(),
  )
  return rows.map((row) => ({ ...openOrder(at, row), dueAt: row.due_at }))
}
