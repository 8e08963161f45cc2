import { type Context, Hono } from 'hono'

import { fingerprintWords, partyFingerprint } from '#platform/crypto'
import { type MemberEnv, needs, notFound } from '#platform/http'
import {
  Button,
  DenseList,
  FingerprintWords,
  NotificationBanner,
  PageHeading,
  StaffPage,
  WarningText,
} from '#platform/ui'

import { agencyOf, otherAgencies } from './agency.store.ts'
import { acceptedKeys, acceptPartner, partnerWords } from './pin.actions.ts'
import { paths, pathTo } from './paths.ts'

/** The agencies whose keys this one has accepted, and those it has not: nothing can be sent to those. */
export const partnersPage = new Hono<MemberEnv>()

partnersPage.get(paths.partners, needs('agency:admin'), async (c) => {
  const { db, actor, t, nav } = c.var
  const items = []
  const agencies = await otherAgencies(db, actor.partyId)
  for (const agency of agencies.filter((each) => each.light !== true)) {
    const keys = await acceptedKeys(db, actor, agency.partyId)
    const state = 'refused' in keys ? keys.refused : 'accepted'
    const tag = {
      text: t(`parties.partners.${state}`),
      colour:
        state === 'accepted'
          ? ('green' as const)
          : state === 'partner-not-accepted'
            ? ('grey' as const)
            : ('red' as const),
    }
    items.push({
      href: pathTo(paths.partner, agency.partyId),
      title: agency.name,
      meta: `${t(`parties.sector.${agency.sector}`)} · ${agency.area}`,
      tag,
    })
  }
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} current={paths.partners} title={t('parties.partners.title')}>
      {c.req.query('done') === 'accepted' ? (
        <NotificationBanner kind="success">{t('parties.partners.done')}</NotificationBanner>
      ) : null}
      <PageHeading>{t('parties.partners.title')}</PageHeading>
      <p class="govuk-body">{t('parties.partners.lead')}</p>
      <h2 class="govuk-heading-m">{t('parties.partners.own')}</h2>
      <p class="govuk-body">{t('parties.partners.own-text')}</p>
      <FingerprintWords
        words={fingerprintWords(
          partyFingerprint(actor.keys.party.box.publicKey, actor.keys.party.sign.publicKey),
        )}
      />
      <DenseList items={items} empty={t('parties.partners.none')} />
    </StaffPage>,
  )
})

partnersPage.get(paths.partner, needs('agency:admin'), async (c) => {
  const { db, actor, t, nav } = c.var
  const found = await partnerOf(c)
  if (found === null) return notFound(c)
  const { agency, words } = found
  const keys = await acceptedKeys(db, actor, agency.partyId)
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} title={agency.name} back={paths.partners}>
      <PageHeading>{agency.name}</PageHeading>
      {'refused' in keys && keys.refused !== 'partner-not-accepted' ? (
        <WarningText>{t('parties.partners.changed-text')}</WarningText>
      ) : null}
      <p class="govuk-body">
        {t('refused' in keys ? 'parties.partners.compare' : 'parties.partners.compared', {
          agency: agency.name,
          phone: agency.publicPhone,
        })}
      </p>
      <FingerprintWords words={words} />
      {'refused' in keys ? (
        <form method="post" action={pathTo(paths.partner, agency.partyId)}>
          <Button>{t('parties.partners.accept')}</Button>
        </form>
      ) : null}
    </StaffPage>,
  )
})

partnersPage.post(paths.partner, needs('agency:admin'), async (c) => {
  const found = await partnerOf(c)
  if (found === null || !(await acceptPartner(c.var.db, c.var.actor, found.agency.partyId)))
    return notFound(c)
  return c.redirect(`${paths.partners}?done=accepted`, 303)
})

async function partnerOf(c: Context<MemberEnv, typeof paths.partner>) {
  const id = c.req.param('id')
  if (!/^[0-9a-f-]{36}$/.test(id)) return null
  const agency = await agencyOf(c.var.db, id)
  const words = agency === null ? null : await partnerWords(c.var.db, id)
  return agency === null || words === null || id === c.var.actor.partyId ? null : { agency, words }
}
