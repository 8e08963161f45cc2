import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type MemberEnv, needs, readForm } from '#platform/http'
import { Button, NotificationBanner, PageHeading, TextArea, WarningText } from '#platform/ui'

import { WorkFrame } from './frame.view.tsx'
import { saveKnown } from './known.actions.ts'
import { namesTyped } from './known.rules.ts'
import { ownKnown } from './known.store.ts'
import { paths } from './paths.ts'

const Form = z.object({
  names: z.string().max(13_000).default(''),
  version: z.coerce.number().int().min(0).default(0),
})

/** A worker's own list of people they know: nobody else is shown it, and no case says that it fitted. */
export const knownPage = new Hono<MemberEnv>()

knownPage.get(paths.known, needs('case:read'), async (c) => {
  const { names } = await ownKnown(c.var.db, c.var.actor)
  return show(c, names.join('\n'), {})
})

knownPage.post(paths.known, needs('case:read'), async (c) => {
  const form = await readForm(c, Form)
  const { db, actor, t } = c.var
  if (!form.ok) return show(c, String(form.values['names'] ?? ''), { error: t('people.known.long') })
  const typed = form.data.names
  const names = namesTyped(typed)
  if (names.length > 100 || names.some((name) => name.length > 120))
    return show(c, typed, { error: t('people.known.long') })
  const saved = await saveKnown(db, actor, form.data.version, names)
  if ('refused' in saved) return show(c, typed, { refused: true })
  return c.redirect(`${paths.known}?saved=1`, 303)
})

async function show(
  c: Context<MemberEnv>,
  typed: string,
  how: { readonly error?: string; readonly refused?: boolean },
) {
  const { db, actor, t } = c.var
  const { version } = await ownKnown(db, actor)
  const errors = how.error === undefined ? undefined : { names: how.error }
  return c.html(
    <WorkFrame
      screen={c.var}
      title={t('people.known.title')}
      back={{ href: paths.work, text: t('people.known.back') }}
      errors={errors}
    >
      {c.req.query('saved') === undefined ? null : (
        <NotificationBanner title={t('people.known.done')} kind="success">
          {t('people.known.saved')}
        </NotificationBanner>
      )}
      <PageHeading>{t('people.known.title')}</PageHeading>
      {how.refused === true ? <WarningText>{t('people.known.changed')}</WarningText> : null}
      <p class="govuk-body app-measure">{t('people.known.lead')}</p>
      <ul class="govuk-list govuk-list--bullet app-measure">
        <li>{t('people.known.closes')}</li>
        <li>{t('people.known.quiet')}</li>
        <li>{t('people.known.private')}</li>
        <li>{t('people.known.inferred')}</li>
      </ul>
      <form method="post" action={paths.known} novalidate>
        <input type="hidden" name="version" value={String(version)} />
        <TextArea
          name="names"
          label={t('people.known.names')}
          hint={t('people.known.names-hint')}
          value={typed}
          error={how.error}
          rows={8}
        />
        <Button>{t('people.known.save')}</Button>
      </form>
    </WorkFrame>,
    how.refused === true ? 409 : how.error === undefined ? 200 : 422,
  )
}
