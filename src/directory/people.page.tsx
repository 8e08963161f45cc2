import { Checkboxes, Radios } from '#platform/ui'
import { EditForm, textOf, ticked } from './edit-form.view.tsx'
import { ledByOffered, PeopleForm } from './offer-edit.ts'
import { setPeople } from './offer-edit.actions.ts'
import { offerOf } from './offer.store.ts'
import { entryAt, partPage, savedAt } from './part.page.tsx'
import { paths, routePaths } from './paths.ts'
import { ledByNobody } from './practical.ts'
import { codeText } from './service.view.ts'

/** Who leads a service: people who have lived through abuse, and communities that it is led by and for. */
export const peoplePage = partPage({
  route: routePaths.people,
  form: PeopleForm,
  at: entryAt,
  now: async (c, { service }) => {
    const led = (await offerOf(c.var.db, service.id)).practical.survivorLed
    const survivorLed = led === null ? 'unknown' : led ? 'yes' : 'no'
    return { survivorLed, ledBy: [...service.wishes.ledBy] }
  },
  save: async (c, { service }, data) =>
    savedAt(c, await setPeople(c.var.db, c.var.actor, service.id, data), 'ledBy'),
  view: (c, { service }, filled) => {
    const { t } = c.var
    const communities = ledByOffered(service.wishes.ledBy).filter((code) => code !== ledByNobody)
    return (
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
          items={[...communities, ledByNobody].map((code) => ({
            value: code,
            text: capital(codeText(t, 'led-by', code)),
          }))}
        />
      </EditForm>
    )
  },
})

/** Words from the middle of a sentence, as they stand alone. */
function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
