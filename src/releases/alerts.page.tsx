import { Hono } from 'hono'

import { colleaguesOf } from '#people'
import { type Actor, caseKeys } from '#platform/access'
import type { Tx } from '#platform/db'
import { type MemberEnv, needs } from '#platform/http'
import type { Words } from '#platform/i18n'
import { type ReadLine, readLines } from '#platform/ledger'
import { DenseList, PageHeading, StaffPage } from '#platform/ui'

import { paths, releasePath } from './paths.ts'

export const alertsPage = new Hono<MemberEnv>()

/** What the privacy lead looks at: signatures refused because somebody unsafe signed, and declared conflicts. */
alertsPage.get(paths.privacy, needs('privacy:lead'), async (c) => {
  const { db, actor, t, nav } = c.var
  const lines = await alertLines(db, actor)
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} current={paths.privacy} title={t('releases.alerts.title')}>
      <PageHeading>{t('releases.alerts.title')}</PageHeading>
      <p class="govuk-body">{t('releases.alerts.lead')}</p>
      <h2 class="govuk-heading-m">{t('releases.alerts.signatures')}</h2>
      <DenseList
        items={lines.filter(isAlert).map((line) => itemOf(t, line, names))}
        empty={t('releases.alerts.none')}
      />
      <h2 class="govuk-heading-m">{t('releases.alerts.conflicts')}</h2>
      <DenseList
        items={lines
          .filter((line) => line.kind === 'conflict.declared')
          .map((line) => itemOf(t, line, names))}
        empty={t('releases.alerts.none')}
      />
    </StaffPage>,
  )
})

/** The newest lines that may need a privacy lead, of cases that this reader may see. */
async function alertLines(db: Tx, actor: Actor): Promise<readonly ReadLine[]> {
  const kinds = ['release.refused', 'conflict.declared'] as const
  const lines = await readLines(db, actor, { kinds, limit: 200 }, (ids) => caseKeys(db, actor, ids))
  return lines.filter((line) => line.kind === 'conflict.declared' || isAlert(line))
}

/** Rules by which the newest signature of a draft was refused; empty when none was. */
export async function refusedRules(
  db: Tx,
  actor: Actor,
  of: { readonly caseId: string; readonly releaseId: string },
): Promise<readonly string[]> {
  const asked = { caseId: of.caseId, kinds: ['release.refused'], limit: 20 } as const
  const lines = await readLines(db, actor, asked, (ids) => caseKeys(db, actor, ids))
  const rules = lines.find((line) => line.detail?.['release'] === of.releaseId)?.detail?.['rules']
  return Array.isArray(rules) ? rules.map(String) : []
}

function isAlert(line: ReadLine): boolean {
  return line.kind === 'release.refused' && line.detail?.['alert'] === true
}

function itemOf(t: Words, line: ReadLine, names: ReadonlyMap<string, string>) {
  const rules = line.detail?.['rules']
  const by = names.get(String(line.detail?.['by'])) ?? t('releases.alerts.somebody')
  const rule = Array.isArray(rules) ? rules.join(', ') : ''
  return {
    href: line.caseId === null ? paths.privacy : releasePath('list', line.caseId),
    title: t(line.kind === 'conflict.declared' ? 'releases.alerts.conflict' : 'releases.alerts.signer', {
      by,
      rule,
    }),
    meta: t.dateTime(line.at),
  }
}
