import { randomUUID } from 'node:crypto'

import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type FieldErrors, type MemberEnv, needs, notFound, readForm, textOf } from '#platform/http'
import { Button, ButtonGroup, Input, PageHeading, StaffPage, TextArea } from '#platform/ui'

import { most, phrasesOf } from './own-row.rules.ts'
import { ownPath, paths } from './paths.ts'
import { dropOwn, keepOwn } from './setting.actions.ts'
import { settingOf } from './setting.store.ts'

const Gone = z.object({ act: z.literal('gone') })
const Form = z.object({
  phrases: z.string().max(1000, 'language.own.phrases-many').default(''),
  why: z.string('language.own.why-missing').min(1).max(300, 'language.row.reason-long'),
  instead: z.string('language.own.instead-missing').min(1).max(300, 'language.row.reason-long'),
})

type Typed = Readonly<Record<'phrases' | 'why' | 'instead', string>>

const adding = 'new'

export const ownRowPage = new Hono<MemberEnv>()

/** For leads: wording that the agency itself looks for, beside the table. */
ownRowPage.get(paths.own, needs('case:lead'), async (c) => {
  const { own } = await settingOf(c.var.db, c.var.actor)
  const id = c.req.param('row')
  const row = own.find((each) => each.id === id)
  if (row === undefined && id !== adding) return notFound(c)
  return show(c, {
    phrases: row?.phrases.join('\n') ?? '',
    why: row?.why ?? '',
    instead: row?.instead ?? '',
  })
})

ownRowPage.post(paths.own, needs('case:lead'), async (c) => {
  const { db, actor, t } = c.var
  const given = c.req.param('row')
  const id = given === adding ? `own-${randomUUID()}` : given
  if (given !== adding && !(await settingOf(db, actor)).own.some((each) => each.id === id)) return notFound(c)
  if ((await readForm(c, Gone)).ok) {
    await dropOwn(db, actor, id)
    return c.redirect(paths.table, 303)
  }
  const form = await readForm(c, Form)
  const typed = typedIn(form.ok ? form.data : form.values)
  const phrases = phrasesOf(typed.phrases)
  if (!form.ok || typeof phrases === 'string') {
    const wrong = typeof phrases === 'string' ? { phrases: t(`language.own.${phrases}`, most) } : {}
    return show(c, typed, { ...wrong, ...(form.ok ? {} : form.errors) })
  }
  const { why, instead } = form.data
  const on = Temporal.Now.plainDateISO(t.timeZone).toString()
  const kept = await keepOwn(db, actor, { id, phrases: [...phrases], why, instead, on })
  if (!kept) return show(c, typed, { phrases: t('language.own.full', most) })
  return c.redirect(`${paths.table}#own`, 303)
})

function typedIn(values: Parameters<typeof textOf>[0]): Typed {
  return {
    phrases: textOf(values, 'phrases'),
    why: textOf(values, 'why'),
    instead: textOf(values, 'instead'),
  }
}

function show(c: Context<MemberEnv>, typed: Typed, errors: FieldErrors = {}) {
  const { t, actor, nav } = c.var
  const id = c.req.param('row') ?? adding
  const title = t(id === adding ? 'language.own.add' : 'language.own.change')
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.table}
      title={title}
      back={{ href: paths.table, text: t('language.table.title') }}
      errors={errors}
    >
      <PageHeading>{title}</PageHeading>
      <p class="govuk-body app-measure">{t('language.own.lead')}</p>
      <form method="post" action={ownPath(id)} novalidate>
        <TextArea
          name="phrases"
          label={t('language.own.phrases')}
          hint={t('language.own.phrases-hint', most)}
          value={typed.phrases}
          error={errors['phrases']}
          rows={4}
        />
        <Input name="why" label={t('language.own.why')} value={typed.why} error={errors['why']} />
        <Input
          name="instead"
          label={t('language.own.instead')}
          hint={t('language.own.instead-hint')}
          value={typed.instead}
          error={errors['instead']}
        />
        <ButtonGroup>
          <Button>{t('language.own.save')}</Button>
          {id === adding ? null : (
            <Button variant="secondary" attributes={{ name: 'act', value: 'gone' }}>
              {t('language.own.drop')}
            </Button>
          )}
        </ButtonGroup>
      </form>
    </StaffPage>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}
