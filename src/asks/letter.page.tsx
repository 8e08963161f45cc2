import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
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
import {
  Button,
  type Content,
  DenseList,
  ForOurRecord,
  Input,
  InsetText,
  PageHeading,
  Radios,
  StaffPage,
  SummaryList,
  TextArea,
} from '#platform/ui'

import { writers } from './letter.ts'
import { closeLetter, fileLetter } from './letter.actions.ts'
import { lettersOf } from './letter.store.ts'
import { letterPath, paths } from './paths.ts'

const New = z.object({
  writer: z.enum(writers, 'asks.letters.writer-missing'),
  from: z.string().trim().min(1, 'asks.letters.from-missing').max(200),
  about: z.string().trim().min(1, 'asks.letters.about-missing').max(2000),
  answerTo: z.string().trim().min(1, 'asks.letters.answer-to-missing').max(2000),
})
const Answer = z.object({ answer: z.string().trim().min(1, 'asks.letters.answer-missing').max(2000) })

export const letterPage = new Hono<MemberEnv>()

/** A request for records from outside is filed here; for the privacy lead, those that wait for an answer. */
letterPage.get(paths.letters, needs('case:read'), (c) => show(c, {}, {}))

letterPage.post(paths.letters, needs('case:read'), async (c) => {
  const form = await readForm(c, New)
  if (!form.ok) return show(c, form.errors, form.values)
  const { db, actor, t } = c.var
  const { dueOn } = await fileLetter(db, actor, t.timeZone, form.data)
  return c.html(
    <Frame c={c} title={t('asks.letters.filed')}>
      <p class="govuk-body">{t('asks.letters.filed-next', { date: t.date(dueOn) })}</p>
      <ForOurRecord t={t} text={t('asks.letters.reply')} />
    </Frame>,
  )
})

letterPage.get(paths.letter, needs('privacy:lead'), (c) => showOne(c, {}, {}))

letterPage.post(paths.letter, needs('privacy:lead'), askOnce, async (c) => {
  const form = await readForm(c, Answer)
  if (!form.ok) return showOne(c, form.errors, form.values)
  const done = await closeLetter(c.var.db, c.var.actor, c.req.param('letter'), form.data.answer)
  if ('refused' in done && done.refused === 'missing') return notFound(c)
  return c.redirect(paths.letters, 303)
})

function Frame(p: {
  readonly c: Context<MemberEnv>
  readonly title: string
  readonly errors?: FieldErrors
  readonly children?: Content
}) {
  const { t, actor, nav } = p.c.var
  return (
    <StaffPage t={t} actor={actor} nav={nav} current={paths.letters} title={p.title} errors={p.errors}>
      <PageHeading>{p.title}</PageHeading>
      {p.children}
    </StaffPage>
  )
}

async function show(c: Context<MemberEnv>, errors: FieldErrors, values: FormValues) {
  const { db, actor, t } = c.var
  const letters = mayDo(actor.roles, 'privacy:lead') ? await lettersOf(db, actor) : null
  return c.html(
    <Frame c={c} title={t('asks.letters.title')} errors={errors}>
      <p class="govuk-body">{t('asks.letters.lead')}</p>
      <InsetText>{t('asks.letters.no-look')}</InsetText>
      <form method="post" action={paths.letters} novalidate>
        <Radios
          name="writer"
          legend={t('asks.letters.writer')}
          value={textOf(values, 'writer')}
          error={errors['writer']}
          small
          items={writers.map((value) => ({ value, text: t(`asks.letters.writer-${value}`) }))}
        />
        <Input
          name="from"
          label={t('asks.letters.from')}
          value={textOf(values, 'from')}
          error={errors['from']}
        />
        <TextArea
          name="about"
          label={t('asks.letters.about')}
          rows={4}
          value={textOf(values, 'about')}
          error={errors['about']}
        />
        <TextArea
          name="answerTo"
          label={t('asks.letters.answer-to')}
          rows={3}
          value={textOf(values, 'answerTo')}
          error={errors['answerTo']}
        />
        <Button>{t('asks.letters.file')}</Button>
      </form>
      {letters === null ? null : (
        <>
          <h2 class="govuk-heading-m">{t('asks.letters.waiting')}</h2>
          <DenseList
            items={letters.map((letter) => ({
              href: letterPath(letter.id),
              title: t('asks.letters.line', {
                writer: t(`asks.letters.writer-${letter.writer}`),
                date: t.date(letter.receivedOn),
              }),
              meta:
                letter.state === 'open'
                  ? t('asks.letters.due', { date: t.date(letter.dueOn) })
                  : t('asks.letters.answered'),
            }))}
            empty={t('asks.letters.none')}
          />
        </>
      )}
    </Frame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}

async function showOne(c: Context<MemberEnv>, errors: FieldErrors, values: FormValues) {
  const { db, actor, t } = c.var
  const letter = (await lettersOf(db, actor)).find((each) => each.id === c.req.param('letter'))
  if (letter === undefined) return notFound(c)
  const { state } = letter
  return c.html(
    <Frame c={c} title={t('asks.letters.one')} errors={errors}>
      <SummaryList
        rows={[
          { key: t('asks.letters.writer'), value: t(`asks.letters.writer-${letter.writer}`) },
          { key: t('asks.letters.from'), value: letter.from },
          { key: t('asks.letters.about'), value: letter.about },
          { key: t('asks.letters.answer-to'), value: letter.answerTo },
          { key: t('asks.letters.due-on'), value: t.date(letter.dueOn) },
          ...(letter.answer === null ? [] : [{ key: t('asks.letters.answer'), value: letter.answer }]),
        ]}
      />
      {state === 'answered' ? null : (
        <>
          <InsetText>{t('asks.letters.how-to-answer')}</InsetText>
          <form method="post" action={letterPath(letter.id)} novalidate>
            <AboutText
              t={t}
              name="answer"
              label={t('asks.letters.answer')}
              hint={t('asks.letters.answer-hint')}
              rows={4}
              value={textOf(values, 'answer')}
              error={errors['answer']}
            />
            <Button>{t('asks.letters.close')}</Button>
          </form>
        </>
      )}
    </Frame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}
