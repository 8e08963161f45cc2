import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type FieldErrors, type MemberEnv, needs, readForm } from '#platform/http'
import { Button, PageHeading, Radios, Select, StaffPage } from '#platform/ui'

import { mailHour, writeMailHour } from './account.store.ts'
import { paths } from './paths.ts'

const usualHour = '9'
const hours = Array.from({ length: 24 }, (_each, hour) => String(hour))

const Form = z.object({
  when: z.enum(['as-it-comes', 'daily'], 'parties.mail-hour.when-missing'),
  hour: z.enum(hours).default(usualHour),
})

/** When the one mail comes that says that something waits: as it comes, or once a day. There is nothing else in it either way. */
export const mailHourPage = new Hono<MemberEnv>()

mailHourPage.get(paths.mailHour, needs('home'), (c) => show(c, {}))

mailHourPage.post(paths.mailHour, needs('home'), async (c) => {
  const { db, t } = c.var
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.errors)
  const { when, hour } = form.data
  await writeMailHour(db, when === 'daily' ? { hour: Number(hour), zone: t.timeZone } : null)
  return c.redirect(`${paths.account}?done=mail-hour`, 303)
})

async function show(c: Context<MemberEnv>, errors: FieldErrors) {
  const { db, actor, t, nav } = c.var
  const set = await mailHour(db, actor.accountId)
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      title={t('parties.mail-hour.title')}
      back={{ href: paths.account, text: t('parties.account.title') }}
      errors={errors}
    >
      <PageHeading>{t('parties.mail-hour.title')}</PageHeading>
      <p class="govuk-body app-measure">{t('parties.mail-hour.lead')}</p>
      <form method="post" action={paths.mailHour} novalidate>
        <Radios
          name="when"
          legend={t('parties.mail-hour.when')}
          value={set === null ? 'as-it-comes' : 'daily'}
          error={errors['when']}
          items={[
            {
              value: 'as-it-comes',
              text: t('parties.mail-hour.as-it-comes'),
              hint: t('parties.mail-hour.as-it-comes-hint'),
            },
            {
              value: 'daily',
              text: t('parties.mail-hour.daily'),
              conditional: (
                <Select
                  name="hour"
                  label={t('parties.mail-hour.hour')}
                  value={set === null ? usualHour : String(set.hour)}
                  error={errors['hour']}
                  items={hours.map((hour) => ({ value: hour, text: t.clock(`${hour.padStart(2, '0')}:00`) }))}
                />
              ),
            },
          ]}
        />
        <Button>{t('parties.mail-hour.save')}</Button>
      </form>
    </StaffPage>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}
