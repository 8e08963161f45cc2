import { type Context, Hono } from 'hono'
import { mayDo } from '#platform/access'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, InsetText, PageHeading, StaffPage, SummaryList, Tag } from '#platform/ui'
import { looksAfter } from './editor.store.ts'
import type { NamedContact } from './offer.ts'
import { partnerPartOf } from './offer.store.ts'
import { paths, routePaths } from './paths.ts'
import { serviceById } from './service.store.ts'

export const partnersPage = new Hono<MemberEnv>()

/** What partners see beside the public listing: a direct line, a word between workers, named contacts. */
partnersPage.get(routePaths.partners, needs('case:read'), show)
/** The same for somebody who edits entries and sees no case. */
partnersPage.get(routePaths.contacts, needs('directory:edit'), show)

async function show(c: Context<MemberEnv>): Promise<Response> {
  const { t, db, actor, nav } = c.var
  const service = await serviceById(db, c.req.param('id') ?? '')
  if (service === null) return notFound(c)
  const { detail, contacts } = await partnerPartOf(db, service.id)
  const edits = mayDo(actor.roles, 'directory:edit') && (await looksAfter(db, actor.partyId, service.id))
  const asEditor = edits && c.req.path.endsWith('/contacts')
  const rows = [
    { key: t('directory.partners.phone'), value: detail?.phone ? <Ring t={t} number={detail.phone} /> : '' },
    { key: t('directory.partners.email'), value: detail?.email ?? '' },
    { key: t('directory.partners.detail'), value: detail?.detail ?? '' },
  ].filter((row) => row.value !== '')
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={asEditor ? paths.editor : undefined}
      title={t('directory.partners.title')}
      back={
        asEditor
          ? paths.entry(service.id)
          : { href: paths.service(service.id), text: t('directory.editor.see') }
      }
    >
      <PageHeading caption={service.name}>{t('directory.partners.title')}</PageHeading>
      <InsetText>{t('directory.partners.lead')}</InsetText>
      {rows.length === 0 ? (
        <p class="govuk-body">{t('directory.partners.none')}</p>
      ) : (
        <SummaryList rows={rows} />
      )}
      {edits ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.detail(service.id)}>
            {t('directory.partners.change')}
          </a>
        </p>
      ) : null}
      <h2 class="govuk-heading-m">{t('directory.partners.contacts')}</h2>
      {contacts.length === 0 ? <p class="govuk-body">{t('directory.partners.no-contacts')}</p> : null}
      {contacts.map((contact) => (
        <ContactLine t={t} contact={contact} all={contacts} edits={edits} />
      ))}
      {edits ? (
        <Button variant="secondary" href={paths.contact(service.id, 'new')}>
          {t('directory.contact.add')}
        </Button>
      ) : null}
    </StaffPage>,
  )
}

function ContactLine({
  t,
  contact,
  all,
  edits,
}: {
  readonly t: Words
  readonly contact: NamedContact
  readonly all: readonly NamedContact[]
  readonly edits: boolean
}) {
  const cover = all.find((each) => each.id === contact.coverId)
  return (
    <div class="govuk-!-margin-bottom-5">
      <p class="govuk-body govuk-!-margin-bottom-1">
        <strong>{contact.name}</strong>
        {contact.role === '' ? '' : `, ${contact.role}`}. {t(`directory.purpose.${contact.purpose}`)}{' '}
        {contact.stale ? <Tag colour="yellow">{t('directory.partners.stale')}</Tag> : null}
      </p>
      <p class="govuk-body govuk-!-margin-bottom-1">
        {contact.phone === null ? null : <Ring t={t} number={contact.phone} />}
        {contact.phone === null || contact.email === null ? '' : ', '}
        {contact.email}
      </p>
      {contact.awayUntil === null ? null : (
        <p class="govuk-body govuk-!-margin-bottom-1">
          {t('directory.partners.away', {
            from: t.date(contact.awayFrom ?? contact.awayUntil),
            until: t.date(contact.awayUntil),
          })}{' '}
          {cover === undefined ? '' : t('directory.partners.cover', { name: cover.name })}
        </p>
      )}
      <p class="govuk-body-s">
        {contact.confirmedOn === null
          ? t('directory.partners.never')
          : t('directory.partners.confirmed', { date: t.date(contact.confirmedOn) })}{' '}
        {edits ? (
          <a class="govuk-link" href={paths.contact(contact.serviceId, contact.id)}>
            {t('directory.clause.change')}
            <span class="govuk-visually-hidden">: {contact.name}</span>
          </a>
        ) : null}
      </p>
    </div>
  )
}

/** A number that a telephone dials when it is pressed. */
function Ring({ t, number }: { readonly t: Words; readonly number: string }) {
  return (
    <a class="govuk-link" href={`tel:${number.replaceAll(/[^\d+]/g, '')}`}>
      {t('directory.service.ring', { number })}
    </a>
  )
}
