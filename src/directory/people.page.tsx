import { type Context, Hono } from 'hono'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Checkboxes, Radios } from '#platform/ui'
import { EditForm, type Filled, textOf, ticked } from './edit-form.view.tsx'
import { ownEntry } from './entry.page.tsx'
import { ledByOffered, PeopleForm } from './offer-edit.ts'
import { setPeople } from './offer-edit.actions.ts'
import { offerOf } from './offer.store.ts'
import { paths, routePaths } from './paths.ts'
import type { ServiceDetail } from './service.ts'
import { codeText } from './service.view.ts'

export const peoplePage = new Hono<MemberEnv>()

/** Who leads a service: people who have lived through abuse, and communities that it is led by and for. */
peoplePage.get(routePaths.people, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const led = (await offerOf(c.var.db, service.id)).practical.survivorLed
  const survivorLed = led === null ? 'unknown' : led ? 'yes' : 'no'
  return show(c, service, { values: { survivorLed, ledBy: [...service.wishes.ledBy] }, errors: {} })
})

peoplePage.post(routePaths.people, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const form = await readForm(c, PeopleForm)
  if (!form.ok) {
    c.status(422)
    return show(c, service, form)
  }
  const done = await setPeople(c.var.db, c.var.actor, service.id, form.data)
  return 'refused' in done ? notFound(c) : c.redirect(paths.entry(service.id), 303)
})

function show(c: Context<MemberEnv>, service: ServiceDetail, filled: Filled) {
  const { t } = c.var
  return c.html(
    <EditForm
      c={c}
      service={service}
      title="directory.people.title"
      action={paths.people(service.id)}
      filled={filled}
    >
      <Radios
        name="survivorLed"
        legend={t('directory.people.survivor')}
        value={textOf(filled, 'survivorLed')}
        error={filled.errors['survivorLed']}
        items={['yes', 'no', 'unknown'].map((value) => ({ value, text: t(`directory.pay.${value}`) }))}
      />
      <Checkboxes
        name="ledBy"
        legend={t('directory.people.led-by')}
        hint={t('directory.people.led-by-hint')}
        values={ticked(filled, 'ledBy')}
        error={filled.errors['ledBy']}
        items={ledByOffered(service.wishes.ledBy).map((code) => ({
          value: code,
          text: codeText(t, 'led-by', code),
        }))}
      />
    </EditForm>,
  )
}
