import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import {
  asTyped,
  dateField,
  dateOf,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  textOf,
} from '#platform/http'
import { Checkboxes, DateInput, InsetText, Radios } from '#platform/ui'

import { paths, threadPath } from './paths.ts'
import { ActFrame } from './screen.view.tsx'
import { askedAfter, sessionsFor, writeSession } from './session.actions.ts'
import type { SessionRefusal } from './session.rules.ts'
import { barriers, type KeptSession, sessionWays } from './session.ts'
import { barrierText, sessionLines } from './session-lines.view.ts'
import { afterAct, type DrawAct, showAct, threadFor, typedFor } from './task.ts'
import { hears, refusalOf } from './thread.rules.ts'
import { todayIn } from './typed.view.ts'

const answer = {
  barriers: z.array(z.enum(barriers)).max(barriers.length),
  words: z.string().max(4000).default(''),
  version: z.coerce.number().int(),
}
const Form = z.object({
  went: z.enum(sessionWays, 'referrals.act.session.went-missing'),
  on: dateField(),
  to: dateField().optional(),
  tell: z.literal('yes').optional(),
  ...answer,
})
const AskedForm = z.object(answer)

export const sessionPage = new Hono<MemberEnv>()

/** How a session went: one page, and never *did not come* without what got in the way, or that nobody has asked yet. */
sessionPage.get(paths.session, needs('referral:write'), (c) =>
  showAct(c, 'session', page(c, { on: todayIn(c.var.t.timeZone) ?? '' })),
)

sessionPage.post(paths.session, needs('referral:write'), askOnce, async (c) => {
  const typed = await typedFor(c, Form, (values, errors) => page(c, values, errors))
  if (typed instanceof Response) return typed
  const { thread, data } = typed
  const { version, on, to, went, words, tell } = data
  const again = asTyped({ on, to: to ?? '', went, words, tell: tell ?? '', barriers: data.barriers })
  const done = await writeSession(
    c.var.db,
    c.var.actor,
    { threadId: thread.id, version },
    { went, on, movedTo: to ?? null, barriers: data.barriers, words, tell: tell === 'yes' },
  )
  if (isAboutBarriers(done)) return c.html(await page(c, again, missing(c, done))(thread), 422)
  return afterAct(c, 'session', done, page(c, again))
})

/** What got in the way, asked later at a safe time. */
sessionPage.get(paths.sessionAsked, needs('referral:write'), async (c) => {
  const found = await sessionAt(c)
  if (found === null) return notFound(c)
  const { thread, session } = found
  return c.html(await askedPage(c, session, {})(thread))
})

sessionPage.post(paths.sessionAsked, needs('referral:write'), askOnce, async (c) => {
  const found = await sessionAt(c)
  if (found === null) return notFound(c)
  const typed = await typedFor(c, AskedForm, (values, errors) => askedPage(c, found.session, values, errors))
  if (typed instanceof Response) return typed
  const { thread, data } = typed
  const at = { threadId: thread.id, id: found.session.id, version: data.version }
  const done = await askedAfter(c.var.db, c.var.actor, at, { barriers: data.barriers, words: data.words })
  if ('done' in done) return c.redirect(`${threadPath('thread', thread.id)}?done=session`, 303)
  if (done.refused === 'no-thread') return notFound(c)
  const again = asTyped({ barriers: data.barriers, words: data.words })
  return c.html(await askedPage(c, found.session, again, missing(c, done))(thread), 422)
})

async function sessionAt(c: Context<MemberEnv>) {
  const thread = await threadFor(c)
  if (thread === null || refusalOf(thread, 'undo') !== null) return null
  const all = await sessionsFor(c.var.db, c.var.actor, thread)
  const session = all.find((each) => each.id === c.req.param('session'))
  return session === undefined ? null : { thread, session }
}

type Errors = Readonly<Record<string, string>>

function isAboutBarriers(done: object): done is SessionRefusal {
  return 'refused' in done && (done.refused === 'barriers-missing' || done.refused === 'not-asked-alone')
}

function missing(c: Context<MemberEnv>, refusal: { readonly refused: string }): Errors {
  return { barriers: c.var.t(`referrals.act.session.${refusal.refused}`) }
}

function page(c: Context<MemberEnv>, values: FormValues, errors?: Errors): DrawAct {
  return (thread, refusal) => {
    const { t } = c.var
    const told = hears(thread.comesBack, 'outcome')
    return (
      <ActFrame
        screen={c.var}
        thread={thread}
        act="session"
        go={t('referrals.act.session.go')}
        errors={errors}
        refusal={refusal}
      >
        <Radios
          name="went"
          legend={t('referrals.act.session.went')}
          items={sessionWays.map((each) => ({
            value: each,
            text: t(`referrals.session.way.${each}`),
            ...(each === 'moved' ? { conditional: movedTo(c, values, errors) } : {}),
          }))}
          value={textOf(values, 'went')}
          error={errors?.['went']}
        />
        <DateInput
          name="on"
          legend={t('referrals.act.session.on')}
          legendSize="s"
          value={dateOf(values, 'on')}
          error={errors?.['on']}
        />
        <Barriers c={c} values={values} errors={errors} />
        {told ? (
          <Checkboxes
            name="tell"
            legend={t('referrals.act.session.tell-legend', { agency: thread.otherName })}
            hint={t('referrals.act.session.tell-hint', { agency: thread.otherName })}
            items={[{ value: 'yes', text: t('referrals.act.session.tell', { agency: thread.otherName }) }]}
            values={[values['tell'] ?? []].flat()}
          />
        ) : (
          <p class="govuk-body">{t('referrals.act.session.kept', { agency: thread.otherName })}</p>
        )}
      </ActFrame>
    )
  }
}

function movedTo(c: Context<MemberEnv>, values: FormValues, errors?: Errors) {
  return (
    <DateInput
      name="to"
      legend={c.var.t('referrals.act.session.moved-to')}
      hint={c.var.t('referrals.act.session.moved-to-hint')}
      legendSize="s"
      value={dateOf(values, 'to')}
      error={errors?.['to']}
    />
  )
}

function askedPage(
  c: Context<MemberEnv>,
  session: KeptSession,
  values: FormValues,
  errors?: Errors,
): DrawAct {
  return (thread, refusal) => {
    const { t } = c.var
    const lines = sessionLines(t, { ...session, barriers: [], words: '' })
    const kept = { words: session.words, ...values }
    return (
      <ActFrame
        screen={c.var}
        thread={thread}
        act="sessionAsked"
        path={`${threadPath('session', thread.id)}/${session.id}`}
        version={session.version}
        go={t('referrals.act.sessionAsked.go')}
        errors={errors}
        refusal={refusal}
      >
        <InsetText>{lines.flatMap(({ key, value }) => (value === '' ? [] : `${key}: ${value}. `))}</InsetText>
        <Barriers c={c} values={kept} errors={errors} />
      </ActFrame>
    )
  }
}

/** What got in the way, in the order in which it is likely to be abuse; nothing is ticked beforehand. */
function Barriers(p: {
  readonly c: Context<MemberEnv>
  readonly values: FormValues
  readonly errors?: Errors | undefined
}) {
  const { t } = p.c.var
  return (
    <>
      <p class="govuk-body app-measure">{t('referrals.act.session.effect')}</p>
      <Checkboxes
        name="barriers"
        small
        legend={t('referrals.act.session.barriers')}
        hint={t('referrals.act.session.barriers-hint')}
        items={barriers.map((each) => ({ value: each, text: barrierText(t, each) }))}
        values={[p.values['barriers'] ?? []].flat()}
        error={p.errors?.['barriers']}
      />
      <AboutText
        t={t}
        name="words"
        label={t('referrals.act.session.words')}
        hint={t('referrals.act.session.words-hint')}
        rows={3}
        value={textOf(p.values, 'words')}
        error={p.errors?.['words']}
      />
    </>
  )
}
