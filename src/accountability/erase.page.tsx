import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { erasurePath, erasureReasons } from '#people'
import {
  asTyped,
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Button, ButtonGroup, Input, Radios, WarningText } from '#platform/ui'

import { eraseThread } from './erase.actions.ts'
import { Frame } from './frame.view.tsx'
import { paths, threadPath } from './paths.ts'
import { threadFrom } from './step.ts'
import type { ThreadRefusal } from './thread.ts'

const Sure = z.object({
  why: z.enum(erasureReasons, 'people.erase.why-missing'),
  word: z.string().max(40).default(''),
  version: z.coerce.number().int().min(1),
})

export const erasePage = new Hono<MemberEnv>()

/** Destroying a file: for a privacy lead of its team, with a reason and a word typed by hand. The proof of it stays. */
erasePage.get(paths.erase, needs('privacy:lead'), (c) => show(c, {}, {}, null))

erasePage.post(paths.erase, needs('privacy:lead'), async (c) => {
  const form = await readForm(c, Sure)
  const { t, db, actor } = c.var
  const typed = String((form.ok ? form.data.word : form.values['word']) ?? '')
  const right = typed.trim().toLowerCase() === t('people.erase.word')
  const word = right ? {} : { word: t('people.erase.wrong') }
  if (!form.ok) return show(c, form.values, { ...form.errors, ...word }, null)
  if (!right) return show(c, asTyped(form.data), word, null)
  const { why, version } = form.data
  const done = await eraseThread(db, actor, { threadId: c.req.param('thread'), version }, why)
  if (!('refused' in done)) return c.redirect(erasurePath(done.proofId), 303)
  return done.refused === 'missing' ? notFound(c) : show(c, asTyped({ why }), {}, done)
})

async function show(
  c: Context<MemberEnv>,
  values: FormValues,
  errors: FieldErrors,
  refusal: ThreadRefusal | null,
) {
  const thread = await threadFrom(c)
  if (thread === null) return notFound(c)
  const { t } = c.var
  return c.html(
    <Frame
      screen={c.var}
      thread={thread}
      title={t('accountability.erase.title')}
      lead={t('accountability.erase.lead')}
      errors={errors}
      refusal={refusal}
    >
      <WarningText>{t('people.erase.warning')}</WarningText>
      <form method="post" action={threadPath('erase', thread.id)} novalidate>
        <input type="hidden" name="version" value={String(thread.version)} />
        <Radios
          name="why"
          legend={t('people.erase.why')}
          hint={t('accountability.erase.why-hint')}
          value={textOf(values, 'why')}
          error={errors['why']}
          small
          items={erasureReasons.map((why) => ({ value: why, text: t(`people.erase.why-${why}`) }))}
        />
        <Input
          name="word"
          label={t('accountability.erase.type', { word: t('people.erase.word') })}
          width={10}
          value={textOf(values, 'word')}
          error={errors['word']}
          spellcheck={false}
        />
        <ButtonGroup>
          <Button variant="warning">{t('accountability.erase.go')}</Button>
          <a class="govuk-link" href={threadPath('thread', thread.id)}>
            {t('people.leave-it')}
          </a>
        </ButtonGroup>
      </form>
    </Frame>,
    refusal !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
