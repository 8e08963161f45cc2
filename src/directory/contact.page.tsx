import { type Context, Hono } from 'hono'
import { type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, ButtonGroup, Input, InsetText, PageHeading, Radios, Select, StaffPage } from '#platform/ui'
import { ownEntry } from './entry.page.tsx'
import { ContactForm } from './offer-edit.ts'
import { setContact } from './offer-edit.actions.ts'
import type { NamedContact } from './offer.ts'
import { partnerPartOf } from './offer.store.ts'
import { paths, routePaths } from './paths.ts'
import { purposes } from './practical.ts'
import type { ServiceDetail } from './service.ts'

export const contactPage = new Hono<MemberEnv>()

interface At {
  readonly service: ServiceDetail
  readonly contact: NamedContact | null
  readonly others: readonly NamedContact[]
}

/** One named contact of a service, for partners only; saving it says that it is right today. */
contactPage.get(routePaths.contact, needs('directory:edit'), async (c) => {
  const at = await contactAt(c)
  return at === null ? notFound(c) : show(c, at, valuesOf(at.contact), {})
})

contactPage.post(routePaths.contact, needs('directory:edit'), async (c) => {
  const at = await contactAt(c)
  if (at === null) return notFound(c)
  const form = await readForm(c, ContactForm)
  if (!form.ok) {
    c.status(422)
    return show(c, at, form.values, form.errors)
  }
  const { id } = at.service
  const contactId = at.contact?.id ?? 'new'
  const done = await setContact(c.var.db, c.var.actor, { serviceId: id, contactId }, form.data)
  return 'refused' in done ? notFound(c) : c.redirect(paths.contacts(id), 303)
})

async function contactAt(c: Context<MemberEnv>): Promise<At | null> {
  const service = await ownEntry(c)
  if (service === null) return null
  const { contacts } = await partnerPartOf(c.var.db, service.id)
  const asked = c.req.param('contact') ?? ''
  const contact = contacts.find((each) => each.id === asked) ?? null
  if (contact === null && asked !== 'new') return null
  return { service, contact, others: contacts.filter((each) => each.id !== asked) }
}

function show(
  c: Context<MemberEnv>,
  { service, contact, others }: At,
  values: FormValues,
  errors: Readonly<Record<string, string>>,
) {
  const { t, actor, nav } = c.var
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined)
  const input = (name: string, hint?: string) => (
    <Input
      name={name}
      label={t(`directory.contact.${name}`)}
      hint={hint === undefined ? undefined : t(hint)}
      value={text(name)}
      error={errors[name]}
    />
  )
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.editor}
      title={t('directory.contact.title')}
      back={paths.contacts(service.id)}
      errors={errors}
    >
      <PageHeading caption={service.name}>{t('directory.contact.title')}</PageHeading>
      <InsetText>{t('directory.partners.lead')}</InsetText>
      <form method="post" action={paths.contact(service.id, contact?.id ?? 'new')}>
        {input('name')}
        {input('role')}
        <Radios
          name="purpose"
          legend={t('directory.contact.purpose')}
          value={text('purpose')}
          error={errors['purpose']}
          items={purposes.map((value) => ({ value, text: t(`directory.purpose.${value}`) }))}
        />
        {input('phone')}
        {input('email')}
        {input('awayFrom', 'directory.contact.day-hint')}
        {input('awayUntil', 'directory.contact.day-hint')}
        <Select
          name="cover"
          label={t('directory.contact.cover')}
          value={text('cover')}
          items={[
            { value: '', text: t('directory.contact.nobody') },
            ...others.map((each) => ({ value: each.id, text: each.name })),
          ]}
        />
        <ButtonGroup>
          <Button>{t('directory.contact.save')}</Button>
          {contact === null ? null : (
            <Button variant="secondary" name="act" value="remove">
              {t('directory.contact.remove')}
            </Button>
          )}
        </ButtonGroup>
      </form>
    </StaffPage>,
  )
}

function valuesOf(contact: NamedContact | null): FormValues {
  if (contact === null) return {}
  const { name, role, purpose, phone, email, awayFrom, awayUntil, coverId } = contact
  const rest = { phone: phone ?? '', email: email ?? '', cover: coverId ?? '' }
  return { name, role, purpose, ...rest, awayFrom: awayFrom ?? '', awayUntil: awayUntil ?? '' }
}
