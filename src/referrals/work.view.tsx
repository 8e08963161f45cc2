import type { OpenSource } from '#diary'
import type { CaseFile } from '#people'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { Button, type Content, DenseList } from '#platform/ui'

import { caseHeld, openNoes } from './keeping.actions.ts'
import { threadItem } from './line.view.tsx'
import { threadsLater, threadsOfFile } from './list.actions.ts'
import { dayMarks, queryOf } from './list.rules.ts'
import { paths } from './paths.ts'
import { RingLinks } from './ring.page.tsx'

const most = 12

const links = [
  { href: `${paths.list}${queryOf({ group: 'ours', who: 'mine' })}`, word: 'referrals.work.ours' },
  { href: `${paths.list}${queryOf({ group: 'theirs', who: 'mine' })}`, word: 'referrals.work.theirs' },
  { href: `${paths.list}${queryOf({ group: 'under-way', who: 'mine' })}`, word: 'referrals.work.under-way' },
  { href: paths.list, word: 'referrals.work.list' },
] as const

/**
 * In *My work*: what waits for this worker from partners besides what needs them today, the ways to the rest, and the way in for
 * somebody in the room.
 */
export async function waitingForUs(db: Tx, actor: Actor, t: Words): Promise<Content> {
  if (!mayDo(actor.roles, 'referral:read')) return null
  const marks = dayMarks(Temporal.Now.instant(), t.timeZone)
  const later = await threadsLater(db, actor, marks, most)
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
      <DenseList items={later.map((line) => threadItem(t, line))} empty={t('referrals.work.empty')} />
      <p class="govuk-body">
        {links.map(({ href, word }, index) => (
          <>
            {index > 0 ? ' · ' : ''}
            <a class="govuk-link" href={href}>
              {t(word)}
            </a>
          </>
        ))}
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
  const open = await openNoes(db, actor, file)
  return (await threadsOfFile(db, actor, file))
    .filter((line) => goesOn.includes(line.state) || open.has(line.id))
    .map((line) => ({
      text: t(`referrals.work.${open.has(line.id) ? 'kept-open' : 'open'}`, {
        service: line.serviceName || line.otherName,
      }),
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
