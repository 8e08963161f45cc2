import type { OpenSource } from '#diary'
import type { CaseFile } from '#people'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { Button, type Content, DenseList } from '#platform/ui'

import { caseHeld } from './keeping.actions.ts'
import { threadItem } from './line.view.tsx'
import { threadsFor, threadsOfFile } from './list.actions.ts'
import { paths } from './paths.ts'
import { RingLinks } from './ring.page.tsx'

const most = 12

/** In *My work*: what waits for this worker from partners, what is due first, and the way in for somebody in the room. */
export async function waitingForUs(db: Tx, actor: Actor, t: Words): Promise<Content> {
  if (!mayDo(actor.roles, 'referral:read')) return null
  const waiting = await threadsFor(db, actor, { group: 'ours', mine: true, limit: most })
  return (
    <section aria-labelledby="from-partners">
      {mayDo(actor.roles, 'referral:write') ? (
        <Button href={paths.now} variant="secondary">
          {t('referrals.now.title')}
        </Button>
      ) : null}
      <h2 class="govuk-heading-m" id="from-partners">
        {t('referrals.work.title')}
      </h2>
      <DenseList items={waiting.lines.map((line) => threadItem(t, line))} empty={t('referrals.work.empty')} />
      <p class="govuk-body">
        <a class="govuk-link" href={paths.list}>
          {waiting.total > most
            ? t('referrals.work.all', { count: waiting.total })
            : t('referrals.work.list')}
        </a>
      </p>
    </section>
  )
}

/** On a case: what was asked and sent for this person, and where each stands. */
export async function threadsInCase(db: Tx, actor: Actor, t: Words, file: CaseFile): Promise<Content> {
  if (!mayDo(actor.roles, 'referral:read')) return null
  const lines = await threadsOfFile(db, actor, file)
  const held = await caseHeld(db, actor, lines, file)
  return (
    <>
      <RingLinks t={t} caseId={file.caseId} />
      <section aria-labelledby="referrals-of-case">
        <h2 class="govuk-heading-m" id="referrals-of-case">
          {t('referrals.list.title')}
        </h2>
        {held === null ? null : <p class="govuk-body">{t(`referrals.hold.${held.key}`, held.vars(t))}</p>}
        <DenseList items={lines.map((line) => threadItem(t, line))} empty={t('referrals.work.case-empty')} />
      </section>
    </>
  )
}

/** What the agency still waits for, or is waited for, in a case: named before it is handed over or ends. */
export const openThreads: OpenSource = async (db, actor, t, file) => {
  if (!mayDo(actor.roles, 'referral:read')) return []
  return (await threadsOfFile(db, actor, file))
    .filter((line) => goesOn.includes(line.state))
    .map((line) => ({
      text: t('referrals.work.open', { service: line.serviceName || line.otherName }),
      href: threadItem(t, line).href,
    }))
}

/** States of a referral in which something is still to come, as the database has them for renewals. */
const goesOn: readonly string[] = [
  'sent',
  'received',
  'question',
  'accepted',
  'waiting',
  'unreached',
  'started',
]
