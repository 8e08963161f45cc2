import { Hono } from 'hono'

import type { Actor } from '#platform/access'
import { openParty } from '#platform/access'
import { fingerprint, fingerprintWords } from '#platform/crypto'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  Details,
  DenseList,
  EmptyState,
  FingerprintWords,
  InsetText,
  NotificationBanner,
  PageHeading,
  StaffPage,
  WarningText,
} from '#platform/ui'

import { recoveriesAsked } from './account.store.ts'
import { MemberCard } from './agency.ts'
import { admitMember } from './invitation.actions.ts'
import { endInvitation, openInvitations } from './invitation.store.ts'
import { members } from './member.actions.ts'
import { newestSheet } from './member.store.ts'
import { confirmColleague } from './recovery-help.actions.ts'
import { paths, pathTo } from './paths.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The administrator's page: who is here, who waits to be let in, and what keeps the agency from being locked out. */
export const agencyPage = new Hono<MemberEnv>()

agencyPage.get(paths.agency, needs('agency:admin'), async (c) => {
  const { db, actor, t, nav } = c.var
  const people = await members(db, actor)
  const waiting = await openInvitations(db, actor.partyId)
  const asked = await recoveriesAsked(db, actor.partyId)
  const sheet = await newestSheet(db, actor.partyId)
  const administrators = people.filter((person) => person.roles.includes('agency-administrator')).length
  const nameOf = (id: string) => people.find((person) => person.accountId === id)?.card.name ?? ''
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} current={paths.agency} title={t('parties.agency.title')}>
      {c.req.query('done') === 'admitted' ? (
        <NotificationBanner kind="success">{t('parties.agency.admitted')}</NotificationBanner>
      ) : null}
      <PageHeading>{t('parties.agency.title')}</PageHeading>
      {administrators < 2 ? <WarningText>{t('parties.agency.one-administrator')}</WarningText> : null}
      {sheet?.version === actor.keys.party.version ? null : (
        <InsetText>{t('parties.agency.no-sheet')}</InsetText>
      )}
      {asked.map((one) => (
        <Asked t={t} id={one.id} name={nameOf(one.account_id)} words={fingerprintWords(one.fingerprint)} />
      ))}
      {waiting.map((one) => (
        <Waiting t={t} actor={actor} one={one} />
      ))}
      <h2 class="govuk-heading-m">{t('parties.agency.members')}</h2>
      <DenseList
        items={people.map((person) => ({
          href: pathTo(paths.member, person.accountId),
          title: person.card.name,
          meta: [person.card.title, ...person.roles.map((role) => t(`parties.role.${role}.name`))]
            .filter((part) => part !== '')
            .join(' · '),
        }))}
        empty={<EmptyState title={t('parties.agency.members')} />}
      />
      <p>
        <Button href={paths.invite}>{t('parties.agency.invite')}</Button>
      </p>
      <Details summary={t('parties.agency.what-stored')}>{t('parties.installation.running')}</Details>
      <form method="post" action={paths.sheet}>
        <Button variant="secondary">{t('parties.agency.sheet')}</Button>
      </form>
    </StaffPage>,
  )
})

agencyPage.post(paths.invitation, needs('agency:admin'), async (c) => {
  const { db, actor } = c.var
  const id = c.req.param('id')
  if (!uuid.test(id)) return notFound(c)
  const form = await c.req.formData()
  if (form.get('act') === 'end') {
    await endInvitation(db, actor.partyId, id)
    return c.redirect(paths.agency, 303)
  }
  const done = await admitMember(db, actor, id)
  return c.redirect('refused' in done ? paths.agency : `${paths.agency}?done=admitted`, 303)
})

agencyPage.post(paths.recovery, needs('agency:admin'), async (c) => {
  const id = c.req.param('id')
  if (!uuid.test(id)) return notFound(c)
  await confirmColleague(c.var.db, c.var.actor, id)
  return c.redirect(paths.agency, 303)
})

type Open = Awaited<ReturnType<typeof openInvitations>>[number]

function Waiting({ t, actor, one }: { readonly t: Words; readonly actor: Actor; readonly one: Open }) {
  const card = MemberCard.parse(
    openParty(actor, one.key_version, 'parties.invitation', 'card', one.id, one.card),
  )
  const ready = one.state === 'ready' && one.public_key !== null
  return (
    <section class="app-card">
      <h2 class="govuk-heading-s">
        {t(ready ? 'parties.agency.ready' : 'parties.agency.sent', { name: card.name })}
      </h2>
      {ready && one.public_key !== null ? (
        <>
          <p class="govuk-body">{t('parties.agency.compare', { name: card.name })}</p>
          <FingerprintWords words={fingerprintWords(fingerprint(one.public_key))} />
        </>
      ) : (
        <p class="govuk-body">{t('parties.agency.until', { date: t.date(one.ends_at) })}</p>
      )}
      <form method="post" action={pathTo(paths.invitation, one.id)} class="govuk-button-group">
        {ready ? (
          <Button name="act" value="admit">
            {t('parties.agency.admit')}
          </Button>
        ) : null}
        <Button name="act" value="end" variant="secondary">
          {t('parties.agency.end-invitation')}
        </Button>
      </form>
    </section>
  )
}

function Asked({
  t,
  id,
  name,
  words,
}: {
  readonly t: Words
  readonly id: string
  readonly name: string
  readonly words: readonly string[]
}) {
  return (
    <section class="app-card">
      <h2 class="govuk-heading-s">{t('parties.agency.recovery', { name })}</h2>
      <p class="govuk-body">{t('parties.agency.recovery-text', { name })}</p>
      <FingerprintWords words={words} />
      <form method="post" action={pathTo(paths.recovery, id)}>
        <Button>{t('parties.agency.recovery-go')}</Button>
      </form>
    </section>
  )
}
