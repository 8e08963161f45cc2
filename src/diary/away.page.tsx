import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type Colleague, colleaguesOf, WorkFrame } from '#people'
import { type Actor, mayDo } from '#platform/access'
import {
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
import type { Words } from '#platform/i18n'
import { Button, DateInput, PageHeading, Select } from '#platform/ui'

import { comeBack, goAway, mayChange } from './away.actions.ts'
import type { Away } from './away.ts'
import { awaysFrom } from './away.store.ts'
import { dayOf } from './entry.rules.ts'
import { paths } from './paths.ts'
import { typedIn } from './typed.view.ts'

const Back = z.object({ back: z.uuid() })
const Go = z.object({
  who: z.uuid('diary.away.who-missing'),
  from: dateField({ missing: 'diary.away.from-missing', wrong: 'diary.new.due-wrong' }),
  until: dateField({ missing: 'diary.away.until-missing', wrong: 'diary.new.due-wrong' }),
  cover: z.uuid('diary.away.cover-missing'),
})

export const awayPage = new Hono<MemberEnv>()

/** Who is away when, and who looks after their diary. */
awayPage.get(paths.away, needs('case:write'), (c) => show(c, {}, {}))

awayPage.post(paths.away, needs('case:write'), async (c) => {
  const { db, actor, t } = c.var
  const back = await readForm(c, Back)
  if (back.ok) {
    const done = await comeBack(db, actor, back.data.back, dayOf(new Date(), t.timeZone))
    return 'refused' in done ? notFound(c) : c.redirect(paths.away, 303)
  }
  const form = await readForm(c, Go)
  if (!form.ok) return show(c, form.values, form.errors)
  const { who, cover, ...days } = form.data
  const done = await goAway(db, actor, { ...days, accountId: who, coverId: cover })
  if (!('refused' in done)) return c.redirect(paths.away, 303)
  if (done.refused === 'missing') return notFound(c)
  const field = done.refused === 'away-order' ? 'until' : done.refused === 'away-twice' ? 'from' : 'cover'
  return show(c, await typedIn(c), { [field]: t(`diary.away.refused.${done.refused}`) })
})

async function show(c: Context<MemberEnv>, values: FormValues, errors: FieldErrors) {
  const { db, actor, t } = c.var
  const workers = (await colleaguesOf(db, actor)).filter((each) => mayDo(each.roles, 'case:write'))
  const aways = await awaysFrom(db, actor.partyId, dayOf(new Date(), t.timeZone))
  return c.html(
    <WorkFrame
      current={paths.diary}
      screen={c.var}
      title={t('diary.away.title')}
      back={{ href: paths.diary, text: t('diary.title') }}
      errors={errors}
    >
      <PageHeading>{t('diary.away.title')}</PageHeading>
      <p class="govuk-body">{t('diary.away.lead')}</p>
      {aways.length === 0 ? <p class="govuk-body app-muted">{t('diary.away.none')}</p> : null}
      {aways.map((away) => (
        <AwayLine t={t} actor={actor} away={away} workers={workers} />
      ))}
      <h2 class="govuk-heading-m">{t('diary.away.add')}</h2>
      <GoForm t={t} actor={actor} workers={workers} values={values} errors={errors} />
    </WorkFrame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}

function AwayLine(p: {
  readonly t: Words
  readonly actor: Actor
  readonly away: Away
  readonly workers: readonly Colleague[]
}) {
  const { t, away } = p
  const nameOf = (id: string) =>
    p.workers.find((each) => each.accountId === id)?.name ?? t('people.notes.gone')
  const sentence = t('diary.away.line', {
    name: nameOf(away.accountId),
    from: t.date(away.from),
    until: t.date(away.until),
    cover: nameOf(away.coverId),
  })
  return (
    <form method="post" action={paths.away}>
      <p class="govuk-body">{sentence}</p>
      {mayChange(p.actor, away.accountId) ? (
        <Button name="back" value={away.id} variant="secondary">
          {t('diary.away.back', { name: nameOf(away.accountId) })}
        </Button>
      ) : null}
    </form>
  )
}

function GoForm(p: {
  readonly t: Words
  readonly actor: Actor
  readonly workers: readonly Colleague[]
  readonly values: FormValues
  readonly errors: FieldErrors
}) {
  const { t, values, errors } = p
  const choice = (each: Colleague) => ({ value: each.accountId, text: each.name })
  return (
    <form method="post" action={paths.away} novalidate>
      {mayDo(p.actor.roles, 'case:lead') ? (
        <Select
          name="who"
          label={t('diary.away.who')}
          value={textOf(values, 'who') || p.actor.accountId}
          error={errors['who']}
          items={p.workers.map(choice)}
        />
      ) : (
        <input type="hidden" name="who" value={p.actor.accountId} />
      )}
      <DateInput
        name="from"
        legend={t('diary.away.from')}
        value={dateOf(values, 'from')}
        error={errors['from']}
      />
      <DateInput
        name="until"
        legend={t('diary.away.until')}
        value={dateOf(values, 'until')}
        error={errors['until']}
      />
      <Select
        name="cover"
        label={t('diary.away.cover')}
        hint={t('diary.away.cover-hint')}
        value={textOf(values, 'cover')}
        error={errors['cover']}
        items={[{ value: '', text: t('diary.away.choose') }, ...p.workers.map(choice)]}
      />
      <Button>{t('diary.away.save')}</Button>
    </form>
  )
}
