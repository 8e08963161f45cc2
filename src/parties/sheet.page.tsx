import { Hono } from 'hono'

import { type MemberEnv, needs } from '#platform/http'
import { OneTimeSecret, PageHeading, StaffPage, WarningText } from '#platform/ui'

import { printSheet } from './member.actions.ts'
import { paths } from './paths.ts'

/** The recovery sheet, shown once to be printed and locked away. */
export const sheetPage = new Hono<MemberEnv>()

sheetPage.post(paths.sheet, needs('agency:admin'), async (c) => {
  const { db, actor, t, nav } = c.var
  const secret = await printSheet(db, actor)
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} title={t('parties.sheet.title')} back={paths.agency}>
      <PageHeading>{t('parties.sheet.title')}</PageHeading>
      <p class="govuk-body">{t('parties.sheet.text', { agency: actor.agencyName })}</p>
      <OneTimeSecret label={t('parties.sheet.key', { version: actor.keys.party.version })} secret={secret} />
      <WarningText>{t('parties.sheet.warning')}</WarningText>
    </StaffPage>,
  )
})
