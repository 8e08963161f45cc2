import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type FieldErrors, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, Input, PageHeading, StaffPage, WarningText } from '#platform/ui'

import { paths, rowPath } from './paths.ts'
import { sampleOf } from './sample.rules.ts'
import { switchOff, switchOn } from './setting.actions.ts'
import { settingOf } from './setting.store.ts'
import { rows, saidOf } from './table.ts'

const On = z.object({ act: z.literal('on') })
const Off = z.object({
  reason: z.string('language.row.reason-missing').min(1).max(300, 'language.row.reason-long'),
})

export const rowPage = new Hono<MemberEnv>()

/** For leads: one row of the table, to switch off with a reason or to let speak again. */
rowPage.get(paths.row, needs('case:lead'), (c) => show(c, '', {}))

rowPage.post(paths.row, needs('case:lead'), async (c) => {
  const { db, actor, t } = c.var
  const id = c.req.param('row')
  if (!rows.some((row) => row.id === id)) return notFound(c)
  if ((await readForm(c, On)).ok) {
    await switchOn(db, actor, id)
    return c.redirect(`${paths.table}#${id}`, 303)
  }
  const form = await readForm(c, Off)
  if (!form.ok) return show(c, String(form.values['reason'] ?? ''), form.errors)
  const on = Temporal.Now.plainDateISO(t.timeZone).toString()
  await switchOff(db, actor, { id, reason: form.data.reason, on })
  return c.redirect(`${paths.table}#${id}`, 303)
})

async function show(c: Context<MemberEnv>, typed: string, errors: FieldErrors) {
  const { db, actor, t, nav } = c.var
  const row = rows.find((each) => each.id === c.req.param('row'))
  if (row === undefined) return notFound(c)
  const silent = (await settingOf(db, actor)).off.find((each) => each.id === row.id)
  const { why, suggest } = saidOf(row, t.pack)
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.table}
      title={t('language.row.title')}
      back={{ href: `${paths.table}#${row.id}`, text: t('language.table.title') }}
      errors={errors}
    >
      <PageHeading>{t('language.row.title')}</PageHeading>
      <p class="govuk-body app-measure">
        <strong>“{sampleOf(row, t.pack)}”</strong> {why}
      </p>
      <p class="govuk-body app-measure">
        <span class="app-wording__instead">{t('language.hint.instead')}</span> {suggest.join(' ')}
      </p>
      {silent === undefined ? null : (
        <WarningText>
          {t('language.row.silent', { date: t.date(silent.on), reason: silent.reason })}
        </WarningText>
      )}
      <form method="post" action={rowPath(row.id)} novalidate>
        {silent === undefined ? (
          <Input
            name="reason"
            label={t('language.row.reason')}
            hint={t('language.row.reason-hint')}
            value={typed}
            error={errors['reason']}
          />
        ) : (
          <input type="hidden" name="act" value="on" />
        )}
        <Button>{t(silent === undefined ? 'language.row.switch-off' : 'language.row.switch-on')}</Button>
      </form>
    </StaffPage>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}
