import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { casePath } from '#people'
import { type FieldErrors, type MemberEnv, needs, pageOf, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, DenseList, InsetText, Input, Pagination } from '#platform/ui'

import { Frame } from './frame.view.tsx'
import { paths } from './paths.ts'
import { type QuietFamily, quietFamilies } from './quiet.actions.ts'
import { setQuietDays } from './setting.store.ts'

const Form = z.object({
  days: z.coerce
    .number('accountability.quiet.days-wrong')
    .int('accountability.quiet.days-wrong')
    .min(7, 'accountability.quiet.days-wrong')
    .max(180, 'accountability.quiet.days-wrong'),
})

const perPage = 50

export const quietPage = new Hono<MemberEnv>()

/** For leads: families in which nobody does anything about the person causing harm. */
quietPage.get(paths.quiet, needs('case:lead'), (c) => show(c, null, {}))

quietPage.post(paths.quiet, needs('case:lead'), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, String(form.values['days'] ?? ''), form.errors)
  await setQuietDays(c.var.db, c.var.actor.partyId, form.data.days)
  return c.redirect(paths.quiet, 303)
})

async function show(c: Context<MemberEnv>, typed: string | null, errors: FieldErrors) {
  const { db, actor, t } = c.var
  const report = await quietFamilies(db, actor, new Date())
  const count = report.families.length
  const page = Math.max(1, Math.min(Math.ceil(count / perPage), pageOf(c.req.query('page'))))
  const shown = report.families.slice((page - 1) * perPage, page * perPage)
  const days = report.days
  return c.html(
    <Frame screen={c.var} title={t('accountability.quiet.title')} errors={errors}>
      <p class="govuk-body-l">{t('accountability.quiet.count', { count, named: report.named, days })}</p>
      <p class="govuk-body">{t('accountability.quiet.lead', { days })}</p>
      <DenseList items={shown.map((each) => familyItem(t, each))} empty={t('accountability.quiet.none')} />
      <Pagination page={page} pages={Math.ceil(count / perPage)} href={(n) => `${paths.quiet}?page=${n}`} />
      {report.unnamed === 0 ? null : (
        <InsetText>{t('accountability.quiet.unnamed', { count: report.unnamed })}</InsetText>
      )}
      <form method="post" action={paths.quiet} novalidate>
        <Input
          name="days"
          label={t('accountability.quiet.days')}
          hint={t('accountability.quiet.days-hint')}
          value={typed ?? String(days)}
          error={errors['days']}
          width={3}
          inputmode="numeric"
        />
        <Button variant="secondary">{t('accountability.save')}</Button>
      </form>
    </Frame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}

function familyItem(t: Words, family: QuietFamily) {
  return {
    href: casePath('case', family.caseId),
    title: family.name === '' ? t('people.no-name') : family.name,
    meta: t(`accountability.quiet.${family.why}`),
  }
}
