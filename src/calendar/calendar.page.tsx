import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { WorkFrame } from '#people'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, OneTimeSecret, PageHeading, WarningText } from '#platform/ui'

import { endAddress, makeAddress } from './address.actions.ts'
import { addressOf, type CalendarAddress } from './address.store.ts'
import { paths, readPath } from './paths.ts'

const Form = z.object({ do: z.enum(['make', 'end']) })

/** One's own calendar: what it would say, the secret address, and ending it. */
export const calendarPage = new Hono<MemberEnv>()

calendarPage.get(paths.calendar, needs('case:read'), (c) => show(c, null))

calendarPage.post(paths.calendar, needs('case:read'), async (c) => {
  const { db, actor } = c.var
  const form = await readForm(c, Form)
  if (!form.ok) return notFound(c)
  if (form.data.do === 'end') {
    await endAddress(db, actor)
    return c.redirect(paths.calendar, 303)
  }
  const { secret } = await makeAddress(db, actor, c.var.site.installation)
  return show(c, `${c.var.config.publicUrl}${readPath(secret)}`)
})

async function show(c: Context<MemberEnv>, address: string | null) {
  const { db, actor, t } = c.var
  const has = await addressOf(db, actor)
  return c.html(
    <WorkFrame
      current="/diary"
      screen={c.var}
      title={t('calendar.title')}
      back={{ href: '/diary', text: t('diary.title') }}
      errors={{}}
    >
      <PageHeading>{t('calendar.title')}</PageHeading>
      <p class="govuk-body-l app-measure">{t('calendar.lead')}</p>
      {address === null ? null : (
        <>
          <OneTimeSecret label={t('calendar.once')} secret={address} />
          <p class="govuk-body app-measure">{t('calendar.once-how')}</p>
        </>
      )}
      <h2 class="govuk-heading-m">{t('calendar.says')}</h2>
      <ul class="govuk-list govuk-list--bullet app-measure">
        {['times', 'title', 'not', 'person'].map((each) => (
          <li>{t(`calendar.says-${each}`)}</li>
        ))}
      </ul>
      <AddressPart t={t} has={has} />
      <h2 class="govuk-heading-m">{t('calendar.mail')}</h2>
      <p class="govuk-body app-measure">{t('calendar.mail-text')}</p>
    </WorkFrame>,
  )
}

function AddressPart({ t, has }: { readonly t: Words; readonly has: CalendarAddress | null }) {
  return (
    <>
      <h2 class="govuk-heading-m">{t('calendar.address')}</h2>
      <p class="govuk-body app-measure">
        {has === null
          ? t('calendar.none')
          : t(has.readOn === null ? 'calendar.never-read' : 'calendar.read', {
              made: t.date(has.madeOn),
              read: has.readOn === null ? '' : t.date(has.readOn),
            })}
      </p>
      <WarningText>{t('calendar.warning')}</WarningText>
      <form method="post" action={paths.calendar}>
        <ButtonGroup>
          <Button name="do" value="make" {...(has === null ? {} : { variant: 'secondary' as const })}>
            {t(has === null ? 'calendar.make' : 'calendar.replace')}
          </Button>
          {has === null ? null : (
            <Button name="do" value="end" variant="warning">
              {t('calendar.end')}
            </Button>
          )}
        </ButtonGroup>
      </form>
    </>
  )
}
