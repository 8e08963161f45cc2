import { Hono } from 'hono'

import { contactsFor, type NamedContact, directoryPaths } from '#directory'
import { casePath, menuFor, openFile } from '#people'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Details, EmptyState, InsetText, PageHeading, StaffPage, Tag } from '#platform/ui'
import { namedIn } from '#releases'

import { paths } from './paths.ts'
import { type RingList, type ToRing, whomToRing } from './ring.rules.ts'

const purposes = ['mental-health', 'domestic-abuse'] as const
type RingPurpose = (typeof purposes)[number]
/** What an address says of them: it stands in a browser's history. */
const slugs: Readonly<Record<RingPurpose, string>> = { 'mental-health': 'mind', 'domestic-abuse': 'home' }

/** The needs whose services a contact of each kind may belong to. */
const needsOf: Readonly<Record<RingPurpose, readonly string[]>> = {
  'mental-health': ['mental-health', 'child-mental-health', 'crisis', 'right-help', 'school-support', 'baby'],
  'domestic-abuse': ['safety', 'safe-place', 'talk', 'legal', 'money', 'child-recovery', 'parent-and-child'],
}

export const ringPage = new Hono<MemberEnv>()

/** Whom to ring for a case, by name: the second step of two. Those whose service takes the person stand first. */
ringPage.get(paths.ring, needs('case:read'), async (c) => {
  const { db, actor, t, nav } = c.var
  const purpose = purposes.find((each) => slugs[each] === c.req.param('purpose'))
  const file = purpose === undefined ? null : await openFile(db, actor, c.req.param('id'))
  if (file === null || purpose === undefined) return notFound(c)
  const contacts = await contactsFor(db, actor.pack, purpose)
  const says = { people: namedIn(file), notSafeToTalkTo: file.danger?.notSafeToTalkTo ?? '' }
  const menu = await menuFor(db, {
    situation: file.situation,
    pack: actor.pack,
    need: needsOf[purpose],
    harmNamed: file.personsCausingHarm.length > 0,
  })
  const idsOf = (list: readonly { readonly service: { readonly id: string } }[]) =>
    new Set(list.map((each) => each.service.id))
  const takes = idsOf([...menu.takes, ...menu.asks])
  const refuses = idsOf(menu.no)
  const list = whomToRing(contacts, purpose, says)
  const of = (which: (serviceId: string) => boolean) =>
    list.toRing.filter((each) => which(each.contact.serviceId))
  const parts = {
    takes: of((id) => takes.has(id)),
    depends: of((id) => !takes.has(id) && !refuses.has(id)),
    no: of((id) => refuses.has(id) && !takes.has(id)),
  }
  const title = t(`referrals.ring.title-${purpose}`)
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      title={title}
      back={{ href: casePath('case', file.caseId), text: t('referrals.ring.back') }}
    >
      <PageHeading>{title}</PageHeading>
      <p class="govuk-body app-measure">{t('referrals.ring.lead')}</p>
      <Found t={t} list={list} parts={parts} />
      <OtherPurpose t={t} caseId={file.caseId} purpose={purpose} />
    </StaffPage>,
  )
})

/** The two links on a case: the first of two steps. */
export function RingLinks({ t, caseId }: { readonly t: Words; readonly caseId: string }) {
  return (
    <section aria-labelledby="ring-of-case">
      <h2 class="govuk-heading-m" id="ring-of-case">
        {t('referrals.ring.heading')}
      </h2>
      <ul class="govuk-list">
        {purposes.map((purpose) => (
          <li>
            <RingLink t={t} caseId={caseId} purpose={purpose} />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface LinkProps {
  readonly t: Words
  readonly caseId: string
  readonly purpose: RingPurpose
}

function RingLink({ t, caseId, purpose }: LinkProps) {
  return (
    <a class="govuk-link" href={paths.ring.replace(':id', caseId).replace(':purpose', slugs[purpose])}>
      {t(`referrals.ring.link-${purpose}`)}
    </a>
  )
}

function OtherPurpose({ t, caseId, purpose }: LinkProps) {
  const other = purposes.find((each) => each !== purpose) ?? purpose
  return (
    <p class="govuk-body">
      <RingLink t={t} caseId={caseId} purpose={other} />
    </p>
  )
}

interface FoundProps {
  readonly t: Words
  readonly list: RingList
  readonly parts: Readonly<Record<'takes' | 'depends' | 'no', readonly ToRing[]>>
}

function Found({ t, list, parts }: FoundProps) {
  const nobody = parts.takes.length + parts.depends.length + parts.no.length === 0
  return (
    <>
      {nobody ? (
        <EmptyState title={t('referrals.ring.nobody')}>
          <p class="govuk-body">{t('referrals.ring.nobody-text')}</p>
        </EmptyState>
      ) : null}
      <Part t={t} title={t('referrals.ring.takes')} rows={parts.takes} />
      <Part t={t} title={t('referrals.ring.depends')} rows={parts.depends} />
      {parts.no.length === 0 ? null : (
        <Details summary={t('referrals.ring.no')} open={parts.takes.length + parts.depends.length === 0}>
          <p class="govuk-body">{t('referrals.ring.no-text')}</p>
          {parts.no.map((row) => (
            <Person t={t} row={row} />
          ))}
        </Details>
      )}
      {list.awayAlone.map((contact) => (
        <InsetText>
          {t('referrals.ring.away-alone', {
            name: contact.name,
            service: contact.serviceName,
            until: t.date(contact.awayUntil ?? ''),
          })}{' '}
          <a class="govuk-link" href={directoryPaths.service(contact.serviceId)}>
            {t('referrals.ring.service', { service: contact.serviceName })}
          </a>
        </InsetText>
      ))}
      {list.keptOut === 0 ? null : (
        <InsetText>{t('referrals.ring.kept-out', { count: list.keptOut })}</InsetText>
      )}
    </>
  )
}

function Part({
  t,
  title,
  rows,
}: {
  readonly t: Words
  readonly title: string
  readonly rows: readonly ToRing[]
}) {
  if (rows.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{title}</h2>
      {rows.map((row) => (
        <Person t={t} row={row} />
      ))}
    </section>
  )
}

function Person({ t, row: { contact, insteadOf } }: { readonly t: Words; readonly row: ToRing }) {
  return (
    <div class="govuk-!-margin-bottom-5">
      <p class="govuk-body govuk-!-margin-bottom-1">
        <strong>{contact.name}</strong>
        {contact.role === '' ? '' : `, ${contact.role}`}{' '}
        {contact.stale ? <Tag colour="yellow">{t('referrals.ring.stale')}</Tag> : null}
      </p>
      <p class="govuk-body govuk-!-margin-bottom-1">
        <Reach t={t} contact={contact} />
      </p>
      {insteadOf.map((away) => (
        <p class="govuk-body govuk-!-margin-bottom-1">
          {t('referrals.ring.instead', { name: away.name, until: t.date(away.awayUntil ?? '') })}
        </p>
      ))}
      <p class="govuk-body-s govuk-!-margin-bottom-0">
        <a class="govuk-link" href={directoryPaths.service(contact.serviceId)}>
          {contact.serviceName}
        </a>
        , {contact.organizationName}.{' '}
        <a class="govuk-link" href={directoryPaths.partners(contact.serviceId)}>
          {t('referrals.ring.more')}
          <span class="govuk-visually-hidden">: {contact.serviceName}</span>
        </a>
        .{' '}
        {contact.confirmedOn === null
          ? t('referrals.ring.never')
          : t('referrals.ring.confirmed', { date: t.date(contact.confirmedOn) })}
      </p>
    </div>
  )
}

function Reach({ t, contact }: { readonly t: Words; readonly contact: NamedContact }) {
  return (
    <>
      {contact.phone === null ? null : (
        <a class="govuk-link govuk-!-font-weight-bold" href={`tel:${contact.phone.replace(/[^\d+]/g, '')}`}>
          {t('referrals.ring.ring', { number: contact.phone })}
        </a>
      )}{' '}
      {contact.email ?? ''}
    </>
  )
}
