import { Hono } from 'hono'

import { caseKeys, clientNames } from '#platform/access'
import { type MemberEnv, needs } from '#platform/http'
import type { Words } from '#platform/i18n'
import { headText, newestHead, readLines } from '#platform/ledger'
import {
  Button,
  ForOurRecord,
  InsetText,
  PageHeading,
  StaffPage,
  TermNotes,
  Timeline,
  WarningText,
} from '#platform/ui'

import { otherAgencies } from './agency.store.ts'
import { groupLines, groupWhen, type LineGroup, type LineNames } from './ledger-line.view.ts'
import { members } from './member.actions.ts'
import { paths } from './paths.ts'

const perPage = 50
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const ledgerPage = new Hono<MemberEnv>()

/** The agency's own account of every crossing and every look, and the newest head to keep on paper. */
ledgerPage.get(paths.ledger, needs('ledger:read'), async (c) => {
  const { db, actor, t, nav } = c.var
  const asked = c.req.query('before') ?? ''
  const before = uuid.test(asked) ? { before: asked } : {}
  const lines = await readLines(db, actor, { ...before, limit: perPage + 1 }, (ids) =>
    caseKeys(db, actor, ids),
  )
  const names: LineNames = {
    people: new Map([
      ...(await clientNames(db, actor)),
      ...(await members(db, actor)).map((each) => [each.accountId, each.card.name] as const),
    ]),
    agencies: new Map((await otherAgencies(db, actor.partyId)).map((each) => [each.partyId, each.name])),
  }
  const shown = lines.slice(0, perPage)
  const last = shown.at(-1)
  const newest = await newestHead(db)
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} current={paths.ledger} title={t('parties.ledger.title')} wide>
      <PageHeading>{t('parties.ledger.title')}</PageHeading>
      <p class="govuk-body">{t('parties.ledger.lead')}</p>
      {shown.some((line) => !line.holds) ? <WarningText>{t('parties.ledger.broken')}</WarningText> : null}
      {shown.some((line) => !line.sealed) ? <p class="govuk-hint">{t('parties.ledger.waiting')}</p> : null}
      <Timeline items={groupLines(t, shown, names).map((group) => itemOf(t, group))} />
      {lines.length > perPage && last !== undefined ? (
        <Button href={`${paths.ledger}?before=${last.id}`} variant="secondary">
          {t('parties.ledger.older')}
        </Button>
      ) : null}
      <h2 class="govuk-heading-m">{t('parties.ledger.head')}</h2>
      {newest === null ? (
        <p class="govuk-body">{t('parties.ledger.no-head')}</p>
      ) : (
        <>
          <p class="govuk-body">{t('parties.ledger.head-why')}</p>
          <ForOurRecord t={t} id="ledger-head" text={headText(newest.head)} />
          <InsetText>{t('parties.ledger.head-check')}</InsetText>
        </>
      )}
      <TermNotes t={t} terms={['referral', 'case-closed']} />
    </StaffPage>,
  )
})

function itemOf(t: Words, group: LineGroup) {
  return {
    when: groupWhen(t, group),
    machineTime: group.newest.toISOString(),
    what: group.what,
    who: group.who,
    more:
      group.href === null ? undefined : (
        <a class="govuk-link" href={group.href}>
          {t('parties.ledger.case')}
        </a>
      ),
  }
}
