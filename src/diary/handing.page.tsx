import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import {
  type CaseFile,
  casePath,
  caseworkersOf,
  colleaguesOf,
  openFile,
  type Screen,
  TaskFrame,
} from '#people'
import { mayDo } from '#platform/access'
import {
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Button, ButtonGroup, InsetText, Lines, Radios, Timeline } from '#platform/ui'

import type { Names } from './entry.view.tsx'
import type { Handing } from './handing.ts'
import { answerOffer, offerCase } from './handing.actions.ts'
import { mayAnswer } from './handing.rules.ts'
import { handingsOf } from './handing.store.ts'
import type { OpenSource } from './open-thing.ts'
import { OpenList, openOf } from './open.view.tsx'
import { diaryPath, paths } from './paths.ts'
import { typedIn } from './typed.view.ts'

const Offer = z.object({
  to: z.uuid('diary.handing.to-missing'),
  note: z.string().trim().min(1, 'diary.handing.note-missing').max(4000, 'diary.handing.long'),
  knows: z.enum(['yes', 'not-yet'], 'diary.handing.knows-missing'),
})
const Answer = z.object({
  handing: z.uuid(),
  act: z.enum(['accept', 'decline', 'take-back']),
  answer: z.string().trim().max(2000, 'diary.how.long').default(''),
})

/** Handing a case to a colleague: a note, what is open, and their yes. */
export function handingPage(sources: readonly OpenSource[]): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.handing, needs('case:write'), (c) => show(c, sources, {}, {}))
  page.post(paths.handing, needs('case:write'), askOnce, async (c) => {
    const { db, actor, t } = c.var
    const caseId = c.req.param('id')
    const answer = await readForm(c, Answer)
    if (answer.ok) {
      const { act, handing, answer: words } = answer.data
      const done = await answerOffer(db, actor, { caseId, id: handing }, act, words)
      if ('done' in done) return c.redirect(casePath('case', caseId), 303)
      return done.refused === 'no-case'
        ? notFound(c)
        : show(c, sources, {}, { to: t('diary.handing.refused.handing-over') })
    }
    const form = await readForm(c, Offer)
    if (!form.ok) return show(c, sources, form.values, form.errors)
    const { to, ...said } = form.data
    const done = await offerCase(db, actor, caseId, { ...said, toId: to })
    if ('id' in done) return c.redirect(diaryPath('handing', caseId), 303)
    if (done.refused === 'no-case') return notFound(c)
    return show(c, sources, await typedIn(c), { to: t(`diary.handing.refused.${done.refused}`) })
  })
  return page
}

async function show(
  c: Context<MemberEnv>,
  sources: readonly OpenSource[],
  values: FormValues,
  errors: FieldErrors,
) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  if (file === null) return notFound(c)
  const handings = await handingsOf(db, file.key)
  const waiting = handings.find((each) => each.state === 'offered') ?? null
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  // The offer itself stands above the list.
  const open = (await openOf(sources)(db, actor, t, file)).filter(
    (thing) => thing.href !== diaryPath('handing', file.caseId),
  )
  const offers = file.ownerId === actor.accountId || mayDo(actor.roles, 'case:lead')
  const workers = (await caseworkersOf(db, actor, file.caseId)).filter(
    (each) => each.accountId !== file.ownerId,
  )
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('diary.handing.title')}
      lead={t('diary.handing.lead')}
      errors={errors}
    >
      {waiting === null ? null : <Waiting screen={c.var} file={file} handing={waiting} names={names} />}
      <h2 class="govuk-heading-m">{t('diary.open.title')}</h2>
      <OpenList t={t} things={open} />
      {waiting !== null || !offers ? null : (
        <form method="post" action={diaryPath('handing', file.caseId)} novalidate>
          <Radios
            name="to"
            legend={t('diary.handing.to')}
            hint={workers.length === 0 ? t('diary.handing.nobody') : undefined}
            value={textOf(values, 'to')}
            error={errors['to']}
            small
            items={workers.map((each) => ({ value: each.accountId, text: each.name, hint: each.title }))}
          />
          <AboutText
            t={t}
            name="note"
            label={t('diary.handing.note')}
            hint={t('diary.handing.note-hint')}
            value={textOf(values, 'note')}
            error={errors['note']}
            rows={6}
          />
          <Radios
            name="knows"
            legend={t('diary.handing.knows')}
            value={textOf(values, 'knows')}
            error={errors['knows']}
            small
            items={[
              { value: 'yes', text: t('diary.handing.knows-yes') },
              { value: 'not-yet', text: t('diary.handing.knows-not-yet') },
            ]}
          />
          <Button>{t('diary.handing.go')}</Button>
        </form>
      )}
      <Before screen={c.var} handings={handings} names={names} />
    </TaskFrame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}

function Waiting(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly handing: Handing
  readonly names: Names
}) {
  const { t, actor } = p.screen
  const { file, handing } = p
  const by = { accountId: actor.accountId, ownerId: file.ownerId, leads: mayDo(actor.roles, 'case:lead') }
  const name = (id: string) => p.names.get(id) ?? t('people.notes.gone')
  return (
    <>
      <InsetText>
        <p class="govuk-body">
          {t('diary.handing.waits', {
            from: name(handing.fromId),
            to: name(handing.toId),
            date: t.date(handing.offeredAt),
          })}
        </p>
        <Lines text={handing.body.note} />
        <p class="govuk-body">{t(`diary.handing.knows-${handing.body.knows}`)}</p>
      </InsetText>
      <form method="post" action={diaryPath('handing', file.caseId)}>
        <input type="hidden" name="handing" value={handing.id} />
        {mayAnswer(handing, 'accept', by) ? (
          <>
            <AboutText t={t} name="answer" label={t('diary.handing.answer')} rows={2} />
            <ButtonGroup>
              <Button name="act" value="accept">
                {t('diary.handing.accept')}
              </Button>
              <Button name="act" value="decline" variant="secondary">
                {t('diary.handing.decline')}
              </Button>
            </ButtonGroup>
          </>
        ) : mayAnswer(handing, 'take-back', by) ? (
          <Button name="act" value="take-back" variant="secondary">
            {t('diary.handing.take-back')}
          </Button>
        ) : null}
      </form>
    </>
  )
}

function Before(p: {
  readonly screen: Screen
  readonly handings: readonly Handing[]
  readonly names: Names
}) {
  const { t } = p.screen
  const over = p.handings.filter((each) => each.state !== 'offered')
  if (over.length === 0) return null
  const name = (id: string) => p.names.get(id) ?? t('people.notes.gone')
  return (
    <>
      <h2 class="govuk-heading-m">{t('diary.handing.before')}</h2>
      <Timeline
        items={over.map((each) => ({
          when: t.dateTime(each.endedAt ?? each.offeredAt),
          machineTime: (each.endedAt ?? each.offeredAt).toISOString(),
          what: t(`diary.handing.was-${each.state}`, { from: name(each.fromId), to: name(each.toId) }),
          more: <Lines text={[each.body.note, each.body.answer].filter((text) => text !== '').join('\n')} />,
        }))}
      />
    </>
  )
}
