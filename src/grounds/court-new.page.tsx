import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { openFile } from '#people'
import {
  dateField,
  dateOf,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Button, ButtonGroup, DateInput, Input, InsetText, Radios, TextArea } from '#platform/ui'
import { rulesFor } from '#releases'

import { receivePaper } from './court.actions.ts'
import { paperSorts } from './court.ts'
import { byRule, GroundFrame } from './frame.view.tsx'
import { ruleOfPaper } from './items.rules.ts'
import { groundPath, paths } from './paths.ts'

const Form = z.object({
  sort: z.enum(paperSorts, 'grounds.court.sort-missing'),
  from: z.string('grounds.court.from-missing').min(1, 'grounds.court.from-missing').max(200),
  names: z.string('grounds.court.names-missing').min(1, 'grounds.court.names-missing').max(4000),
  came: dateField({ missing: 'grounds.court.came-missing' }),
  due: dateField({ missing: 'grounds.court.due-missing' }),
})

export const courtNewPage = new Hono<MemberEnv>()

/** A paper from a court or a lawyer has come: who sends it, what it is, what it names, when an answer is due. */
courtNewPage.get(paths.court, needs('case:write'), (c) => show(c, {}, {}))

courtNewPage.post(paths.court, needs('case:write'), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.values, form.errors)
  const caseId = c.req.param('id')
  const done = await receivePaper(c.var.db, c.var.actor, caseId, form.data)
  return 'refused' in done ? notFound(c) : c.redirect(groundPath('one', caseId, done.id), 303)
})

async function show(c: Context<MemberEnv>, values: FormValues, errors: Readonly<Record<string, string>>) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  if (file === null) return notFound(c)
  const [rule = ''] = ruleOfPaper(rulesFor(actor), actor.sector).rules
  return c.html(
    <GroundFrame screen={c.var} file={file} title={t('grounds.court.new')} errors={errors}>
      <p class="govuk-body">{t('grounds.court.lead')}</p>
      <InsetText>
        <p class="govuk-body">{byRule(t, t(`releases.rule.${rule}`), rule)}</p>
        <p class="govuk-body">{t('grounds.court.locks')}</p>
      </InsetText>
      <form method="post" action={groundPath('court', file.caseId)} novalidate>
        <Radios
          name="sort"
          legend={t('grounds.court.sort')}
          items={paperSorts.map((sort) => ({
            value: sort,
            text: t(`grounds.court.sorts.${sort}`),
            hint: t(`grounds.court.sorts-hint.${sort}`),
          }))}
          value={textOf(values, 'sort')}
          error={errors['sort']}
        />
        <Input
          name="from"
          label={t('grounds.court.from')}
          hint={t('grounds.court.from-hint')}
          value={textOf(values, 'from')}
          error={errors['from']}
        />
        <TextArea
          name="names"
          label={t('grounds.court.names')}
          hint={t('grounds.court.names-hint')}
          rows={4}
          value={textOf(values, 'names')}
          error={errors['names']}
        />
        <DateInput
          name="came"
          legend={t('grounds.court.came')}
          value={dateOf(values, 'came')}
          error={errors['came']}
        />
        <DateInput
          name="due"
          legend={t('grounds.court.due')}
          value={dateOf(values, 'due')}
          error={errors['due']}
        />
        <ButtonGroup>
          <Button>{t('grounds.court.receive')}</Button>
          <a class="govuk-link" href={groundPath('list', file.caseId)}>
            {t('people.leave-it')}
          </a>
        </ButtonGroup>
      </form>
    </GroundFrame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}
