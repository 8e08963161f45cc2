import type { Context } from 'hono'
import type { FormValues, MemberEnv } from '#platform/http'
import { Button, DateInput, Input, InsetText, Radios, Select } from '#platform/ui'
import { dayOf, EditForm, type Filled, textOf } from './edit-form.view.tsx'
import { ContactForm } from './offer-edit.ts'
import { setContact } from './offer-edit.actions.ts'
import type { NamedContact } from './offer.ts'
import { partnerPartOf } from './offer.store.ts'
import { entryAt, type OfEntry, partPage, savedAt } from './part.page.tsx'
import { paths, routePaths } from './paths.ts'
import { purposes } from './practical.ts'

interface At extends OfEntry {
  readonly contact: NamedContact | null
  readonly others: readonly NamedContact[]
}

/** One named contact of a service, for partners only; saving it says that it is right today. */
export const contactPage = partPage({
  route: routePaths.contact,
  form: ContactForm,
  at: contactAt,
  now: async (_c, { contact }) => valuesOf(contact),
  save: async (c, { service, contact }, data) => {
    const at = { serviceId: service.id, contactId: contact?.id ?? 'new' }
    return savedAt(c, await setContact(c.var.db, c.var.actor, at, data), 'role')
  },
  view,
  next: paths.contacts,
})

async function contactAt(c: Context<MemberEnv>): Promise<At | null> {
  const at = await entryAt(c)
  if (at === null) return null
  const { contacts } = await partnerPartOf(c.var.db, at.service.id)
  const asked = c.req.param('contact') ?? ''
  const contact = contacts.find((each) => each.id === asked) ?? null
  if (contact === null && asked !== 'new') return null
  return { ...at, contact, others: contacts.filter((each) => each.id !== asked) }
}

function view(c: Context<MemberEnv>, { service, contact, others }: At, filled: Filled) {
  const { t } = c.var
  const input = (name: string) => (
    <Input
      name={name}
      label={t(`directory.contact.${name}`)}
      value={textOf(filled, name)}
      error={filled.errors[name]}
    />
  )
  return (
    <EditForm
      c={c}
      service={service}
      title={contact === null ? 'directory.contact.add' : 'directory.contact.title'}
      action={paths.contact(service.id, contact?.id ?? 'new')}
      back={paths.contacts(service.id)}
      filled={filled}
      save="directory.contact.save"
      buttons={
        contact === null ? null : (
          <Button variant="secondary" name="act" value="remove">
            {t('directory.contact.remove')}
          </Button>
        )
      }
    >
      <InsetText>{t('directory.contact.lead')}</InsetText>
      {input('name')}
      {input('role')}
      <Radios
        name="purpose"
        legend={t('directory.contact.purpose')}
        value={textOf(filled, 'purpose')}
        error={filled.errors['purpose']}
        items={purposes.map((value) => ({ value, text: t(`directory.purpose.${value}`) }))}
      />
      {input('phone')}
      {input('email')}
      {(['awayFrom', 'awayUntil'] as const).map((name) => (
        <DateInput
          name={name}
          legend={t(`directory.contact.${name}`)}
          hint={t('directory.contact.day-hint')}
          value={dayOf(filled.values, name)}
          error={filled.errors[name]}
        />
      ))}
      <Select
        name="cover"
        label={t('directory.contact.cover')}
        value={textOf(filled, 'cover')}
        items={[
          { value: '', text: t('directory.contact.nobody') },
          ...others.map((each) => ({ value: each.id, text: each.name })),
        ]}
      />
    </EditForm>
  )
}

function valuesOf(contact: NamedContact | null): FormValues {
  if (contact === null) return {}
  const { name, role, purpose, phone, email, awayFrom, awayUntil, coverId } = contact
  const rest = { phone: phone ?? '', email: email ?? '', cover: coverId ?? '' }
  return { name, role, purpose, ...rest, awayFrom: awayFrom ?? '', awayUntil: awayUntil ?? '' }
}
