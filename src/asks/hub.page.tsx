import { Hono } from 'hono'

import { casePath, openFile, ThroughNote } from '#people'
import { mayDo } from '#platform/access'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import { DenseList } from '#platform/ui'
import { CaseFrame, nameToUse } from '#releases'

import type { StoredAsk } from './ask.ts'
import { asksOf } from './ask.store.ts'
import { askPath, paths } from './paths.ts'

export const hubPage = new Hono<MemberEnv>()

/** What this person can ask for, and what was asked before. */
hubPage.get(paths.asks, needs('case:read'), async (c) => {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id'))
  if (file === null) return notFound(c)
  const asks = await asksOf(db, file.key)
  const may = (permission: Parameters<typeof mayDo>[1]) => mayDo(actor.roles, permission)
  const links = [
    { href: askPath('account', file.caseId), word: 'asks.account.title', shown: true },
    { href: askPath('newFile', file.caseId), word: 'asks.file.title', shown: may('case:write') },
    { href: askPath('newCorrection', file.caseId), word: 'asks.correction.title', shown: may('case:write') },
    { href: casePath('erase', file.caseId), word: 'people.erase.title', shown: may('privacy:lead') },
    { href: casePath('legalHold', file.caseId), word: 'people.legal-hold.title', shown: may('case:keep') },
    { href: askPath('retention', file.caseId), word: 'asks.retention.case-title', shown: may('case:keep') },
  ]
  return c.html(
    <CaseFrame screen={c.var} caseId={file.caseId} name={nameToUse(file)} title={t('asks.title')}>
      <p class="govuk-body">{t('asks.lead')}</p>
      <ThroughNote t={t} file={file} accountId={actor.accountId} />
      <ul class="govuk-list">
        {links
          .filter((link) => link.shown)
          .map((link) => (
            <li>
              <a class="govuk-link" href={link.href}>
                {t(link.word)}
              </a>
            </li>
          ))}
      </ul>
      {may('privacy:lead') ? null : <p class="govuk-body">{t('asks.erase-who')}</p>}
      <h2 class="govuk-heading-m">{t('asks.before')}</h2>
      <DenseList items={asks.map((ask) => itemOf(t, ask))} empty={t('asks.none')} />
    </CaseFrame>,
  )
})

/** One ask as a line of a list. */
export function itemOf(t: Words, ask: StoredAsk) {
  const page = ask.body.kind === 'file' ? 'file' : 'correction'
  return {
    href: askPath(page, ask.caseId, ask.id),
    title: t(`asks.${page}.line`, { date: t.date(ask.askedAt) }),
    meta:
      ask.state === 'answered'
        ? t('asks.answered')
        : ask.dueAt === null
          ? t('asks.open')
          : t('asks.due', { date: t.date(ask.dueAt) }),
  }
}
