import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { TaskFrame } from '#people'
import {
  asTyped,
  dateField,
  dateOf,
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Button, DateInput, Input, WarningText } from '#platform/ui'
import { momentOf } from '#referrals'

import { groupOf, stepAt } from './group.ts'
import { introduceTogether } from './introduction.actions.ts'
import { paths, togetherPath } from './paths.ts'

const Form = z.object({
  on: dateField().optional(),
  time: z.string().max(5).default(''),
  where: z.string().max(200).default(''),
  along: z.string().max(200).default(''),
})

/** One introduction for parent and child who go to the same work: typed once, written into each one's own referral. */
export const introductionPage = new Hono<MemberEnv>()

introductionPage.get(paths.introduction, needs('referral:write'), (c) => show(c, {}, {}, null))

introductionPage.post(paths.introduction, needs('referral:write'), async (c) => {
  const read = await stepAt(c)
  if (read === null) return notFound(c)
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.errors, form.values, null)
  const { on, time, where, along } = form.data
  const { db, actor, t } = c.var
  const at = on === undefined ? null : momentOf(on, time === '' ? '12:00' : time, t.timeZone)
  const meeting = { at, dayOnly: time === '', where, whoGoesAlong: along }
  const refused = await introduceTogether(db, actor, groupOf(read.steps, read.seen), meeting)
  if (refused === null) return c.redirect(togetherPath('steps', read.file.caseId), 303)
  return show(c, {}, asTyped(form.data), t('together.introduction.refused', { name: refused.seen.name }))
})

async function show(c: Context<MemberEnv>, errors: FieldErrors, values: FormValues, refused: string | null) {
  const read = await stepAt(c)
  if (read === null) return notFound(c)
  const { t, actor } = c.var
  const { file, seen } = read
  const names = groupOf(read.steps, seen).map((each) => each.name)
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('together.introduction.title')}
      lead={t('together.introduction.lead', { names: t.list(names), service: seen.step.service.name })}
      back={{ href: togetherPath('steps', file.caseId), text: t('together.steps.title') }}
      errors={errors}
    >
      {refused === null ? null : <WarningText>{refused}</WarningText>}
      <form method="post" action={togetherPath('introduction', file.caseId, seen.step.id)} novalidate>
        <DateInput
          name="on"
          legend={t('together.introduction.on')}
          hint={t('together.introduction.on-hint')}
          value={dateOf(values, 'on')}
          error={errors['on']}
        />
        <Input
          name="time"
          label={t('together.introduction.time')}
          type="time"
          width={5}
          value={textOf(values, 'time')}
        />
        <Input
          name="along"
          label={t('together.introduction.along')}
          width="two-thirds"
          value={textOf(values, 'along') || actor.displayName}
        />
        <Input
          name="where"
          label={t('together.introduction.where')}
          hint={t('together.introduction.where-hint')}
          width="two-thirds"
          value={textOf(values, 'where')}
        />
        <Button>{t('together.introduction.go')}</Button>
      </form>
    </TaskFrame>,
    refused !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
