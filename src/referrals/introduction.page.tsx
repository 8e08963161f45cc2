import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { addTask, type Barrier, barriers } from '#diary'
import { isRegion } from '#directory'
import { askOnce } from '#language'
import { type CaseFile, meetingTime } from '#people'
import {
  asTyped,
  dateField,
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
} from '#platform/http'

import { openThreadFile, type ThreadFile } from './file.actions.ts'
import { planIntroduction, stepIntroduction, type Why } from './introduction.actions.ts'
import { AgreedFields, HappenedFields, NotHappenedFields, PlanFields } from './introduction-form.view.tsx'
import { companions, type IntroductionStepId, type Meeting, meetingWays } from './introduction.ts'
import { type IntroductionNow, introductionOf, introductionOpen, isMove } from './introduction.rules.ts'
import { fileOfThread, isNotSafe } from './not-safe.actions.ts'
import { paths, threadPath } from './paths.ts'
import { ActFrame } from './screen.view.tsx'
import { type DrawAct, showAct, typedFor } from './task.ts'
import { todayIn } from './typed.view.ts'
import type { ActDone, Thread, ThreadRefusal } from './thread.ts'
import { momentOf } from './when.rules.ts'

const inTheWay = {
  barriers: z.array(z.enum(barriers)).default([]),
  notAsked: z.array(z.literal('yes')).default([]),
  pass: z.array(z.literal('yes')).default([]),
}
const ticked = z.array(z.literal('yes')).default([])

const PlanForm = z.object({
  on: dateField().optional(),
  time: z.string().max(5).default(''),
  way: z.enum(meetingWays).default('visit'),
  who: z.enum(companions).default('ours'),
  along: z.string().max(160).default(''),
  where: z.string().max(200).default(''),
  agreed: ticked,
  sure: ticked,
  remind: ticked,
  ...inTheWay,
  version: z.coerce.number().int(),
})

const AgreedForm = z.object({
  says: z.literal('yes', 'referrals.intro.agreed-missing'),
  on: dateField(),
  version: z.coerce.number().int(),
})

const HappenedForm = z.object({
  on: dateField(),
  who: z.string().max(200).default(''),
  words: z.string().max(4000).default(''),
  version: z.coerce.number().int(),
})

const NotHappenedForm = z.object({
  on: dateField(),
  words: z.string().max(4000).default(''),
  ...inTheWay,
  version: z.coerce.number().int(),
})

export type PlanTyped = z.infer<typeof PlanForm>

/** The introduction as a thing of its own: proposed, agreed by the person, moved, happened or not, and never without asking why. */
export const introductionPage = new Hono<MemberEnv>()

introductionPage.get(paths.introduce, needs('referral:write'), (c) =>
  showAct(c, 'introduce', planPage(c, {})),
)

introductionPage.post(paths.introduce, needs('referral:write'), async (c) => {
  const typed = await typedFor(c, PlanForm, (values, errors) => planPage(c, values, errors))
  if (typed instanceof Response) return typed
  const { thread, data } = typed
  const { version, ...said } = data
  const values = asTyped(said)
  const found = await openThreadFile(c.var.db, c.var.actor, thread.id)
  if (found === null) return notFound(c)
  const errors = await planProblems(c, found, data)
  if (Object.keys(errors).length > 0) return c.html(await planPage(c, values, errors)(thread), 422)
  const why = whyOf(data)
  const done = await planIntroduction(
    c.var.db,
    c.var.actor,
    { threadId: thread.id, version },
    {
      meeting: meetingOf(c, thread, data),
      agreed: data.agreed.length > 0,
      today: Temporal.Now.plainDateISO(c.var.t.timeZone).toString(),
      ...(why === null ? {} : { why }),
    },
  )
  if (!('refused' in done) && data.remind.length > 0) await remind(c, data)
  return after(c, 'introduce', done, planPage(c, values))
})

introductionPage.get(paths.agreed, needs('referral:write'), (c) => showStep(c, 'agreed', agreedPage))

introductionPage.post(paths.agreed, needs('referral:write'), async (c) => {
  const typed = await typedFor(c, AgreedForm, (values, errors) => agreedPage(c, values, errors))
  if (typed instanceof Response) return typed
  const { thread, data } = typed
  const at = { threadId: thread.id, version: data.version }
  const done = await stepIntroduction(c.var.db, c.var.actor, at, { step: 'agreed', on: data.on })
  return after(c, 'agreed', done, agreedPage(c, asTyped({ on: data.on, says: 'yes' })))
})

introductionPage.get(paths.happened, needs('referral:write'), (c) => showStep(c, 'happened', happenedPage))

introductionPage.post(paths.happened, needs('referral:write'), askOnce, async (c) => {
  const typed = await typedFor(c, HappenedForm, (values, errors) => happenedPage(c, values, errors))
  if (typed instanceof Response) return typed
  const { thread, data } = typed
  const { version, ...said } = data
  const at = { threadId: thread.id, version }
  const done = await stepIntroduction(c.var.db, c.var.actor, at, { step: 'happened', ...said })
  return after(c, 'happened', done, happenedPage(c, asTyped(said)))
})

introductionPage.get(paths.notHappened, needs('referral:write'), (c) =>
  showStep(c, 'not-happened', notHappenedPage),
)

introductionPage.post(paths.notHappened, needs('referral:write'), askOnce, async (c) => {
  const typed = await typedFor(c, NotHappenedForm, (values, errors) => notHappenedPage(c, values, errors))
  if (typed instanceof Response) return typed
  const { thread, data } = typed
  const { version, ...said } = data
  const values = asTyped(said)
  const errors = whyProblems(c, data)
  if (Object.keys(errors).length > 0) return c.html(await notHappenedPage(c, values, errors)(thread), 422)
  const at = { threadId: thread.id, version }
  const done = await stepIntroduction(c.var.db, c.var.actor, at, {
    step: 'not-happened',
    on: data.on,
    why: whyOf(data),
  })
  return after(c, 'notHappened', done, notHappenedPage(c, values))
})

/** Shows the page of one step, or leads back to the thread where it does not follow from where the introduction stands. */
async function showStep(
  c: Context<MemberEnv>,
  step: IntroductionStepId,
  page: (c: Context<MemberEnv>, values: FormValues) => DrawAct,
): Promise<Response> {
  const found = await openThreadFile(c.var.db, c.var.actor, c.req.param('id') ?? '')
  if (found === null) return notFound(c)
  const { state } = introductionOf(found.pieces)
  if (!introductionOpen[state].includes(step)) return c.redirect(threadPath('thread', found.thread.id), 303)
  return showAct(c, 'introduce', page(c, { on: todayIn(c.var.t.timeZone) ?? '' }))
}

async function planProblems(c: Context<MemberEnv>, found: ThreadFile, data: PlanTyped) {
  const { db, actor, t } = c.var
  const errors: Record<string, string> = {}
  const file = await fileOfThread(db, actor, found.thread)
  if (await isNotSafe(db, actor, file, found.first?.letter ?? null, data.along))
    errors['along'] = t('referrals.intro.along-not-safe')
  if (data.who === 'trusted' && data.along.trim() === '') errors['along'] = t('referrals.intro.along-missing')
  if (!isRegion(data.where)) errors['where'] = t('referrals.intro.where-street')
  if (data.on === undefined && data.time !== '') errors['on'] = t('referrals.intro.day-missing')
  const time = data.sure.length > 0 ? null : timeProblem(c, file, data)
  if (time !== null) errors['time'] = time
  return isMove(introductionOf(found.pieces)) ? { ...errors, ...whyProblems(c, data) } : errors
}

/** Says where the time does not fit what the person said; with the person's own yes to this very time it may stand. */
function timeProblem(c: Context<MemberEnv>, file: CaseFile | null, data: PlanTyped): string | null {
  const { t } = c.var
  if (file === null || data.on === undefined || data.time === '') return null
  const at = momentOf(data.on, data.time, t.timeZone)
  if (at === null) return t('referrals.intro.time-wrong')
  const answer = meetingTime(file.contact, new Date(at), new Date())
  if (answer.fits || answer.rule === null) return null
  const next = answer.next === null ? '' : t('referrals.intro.time-next', { when: t.dateTime(answer.next) })
  return [t(`people.contact.rule.${answer.rule}`), next, t('referrals.intro.time-sure')]
    .filter((part) => part !== '')
    .join(' ')
}

type WhyTyped = Pick<z.infer<typeof NotHappenedForm>, 'barriers' | 'notAsked' | 'pass'> & {
  readonly words?: string
}

function whyProblems(c: Context<MemberEnv>, data: WhyTyped): FieldErrors {
  const { t } = c.var
  if (data.barriers.length === 0 && data.notAsked.length === 0)
    return { barriers: t('referrals.intro.why-missing') }
  return data.barriers.length > 0 && data.notAsked.length > 0
    ? { barriers: t('referrals.intro.why-both') }
    : {}
}

function whyOf(data: WhyTyped): Why | null {
  const said: readonly Barrier[] = data.barriers
  if (said.length === 0) return null
  return { inTheWay: [...said], words: data.words ?? '', pass: data.pass.length > 0 }
}

function meetingOf(c: Context<MemberEnv>, thread: Thread, data: PlanTyped): Meeting {
  const { t } = c.var
  const { on, time, where, along, who, way } = data
  const at = on === undefined ? null : momentOf(on, time === '' ? '12:00' : time, t.timeZone)
  const agency = who === 'theirs' ? thread.otherName : c.var.actor.agencyName
  const named = who === 'theirs' && along === c.var.actor.displayName ? '' : along.trim()
  const whoGoesAlong =
    who === 'nobody'
      ? t('referrals.intro.alone')
      : who === 'trusted'
        ? t('referrals.intro.trusted-line', { name: named })
        : [named, agency].filter((part) => part !== '').join(', ')
  return { at, dayOnly: time === '', where, whoGoesAlong: whoGoesAlong.slice(0, 200), way, along: who }
}

/** A task of the worker's own, of no case, on the day before; nobody else is told anything, the person least of all. */
async function remind(c: Context<MemberEnv>, { on, time }: PlanTyped): Promise<void> {
  const { db, actor, t } = c.var
  const at = on === undefined ? null : momentOf(on, time === '' ? '09:00' : time, t.timeZone)
  if (at === null) return
  const dueAt = new Date(Date.parse(at) - 86_400_000)
  await addTask(db, actor, { dueAt, words: t('referrals.intro.task') })
}

/** What follows: back to the thread, or the same page with what happened meanwhile and everything that was typed. */
async function after(
  c: Context<MemberEnv>,
  what: 'introduce' | 'agreed' | 'happened' | 'notHappened',
  done: ActDone | ThreadRefusal,
  draw: DrawAct,
): Promise<Response> {
  if (!('refused' in done)) {
    const news = done.reached === 'kept' ? 'kept' : what
    return c.redirect(`${threadPath('thread', done.threadId)}?done=${news}`, 303)
  }
  const found = await openThreadFile(c.var.db, c.var.actor, c.req.param('id') ?? '')
  if (found === null || done.refused === 'no-thread') return notFound(c)
  return c.html(await draw(found.thread, done), 409)
}

function planPage(c: Context<MemberEnv>, values: FormValues, errors?: FieldErrors): DrawAct {
  return async (thread, refusal) => {
    const { db, actor, t } = c.var
    const found = await openThreadFile(db, actor, thread.id)
    const file = await fileOfThread(db, actor, thread)
    const now = introductionOf(found?.pieces ?? [])
    return (
      <ActFrame
        screen={c.var}
        thread={thread}
        act="introduce"
        go={t('referrals.act.introduce.go')}
        errors={errors}
        refusal={refusal}
      >
        <PlanFields
          screen={c.var}
          thread={thread}
          first={found?.first?.letter ?? null}
          file={file}
          moving={isMove(now)}
          values={Object.keys(values).length === 0 ? asBefore(c, thread, now) : values}
          errors={errors ?? {}}
        />
      </ActFrame>
    )
  }
}

/** What stays from the plan before, so that only what changes is typed: how, where and who, never the time. */
function asBefore(c: Context<MemberEnv>, thread: Thread, { meeting, by }: IntroductionNow): FormValues {
  if (meeting === null) return {}
  const turned = { ours: 'theirs', theirs: 'ours', trusted: 'trusted', nobody: 'nobody' } as const
  const { along = 'ours', way = 'visit', where, whoGoesAlong } = meeting
  const who = by === 'them' ? turned[along] : along
  const agencies = [c.var.actor.agencyName, thread.otherName]
  const agency = agencies.find((each) => whoGoesAlong.endsWith(`, ${each}`))
  const name = agency === undefined ? '' : whoGoesAlong.slice(0, -agency.length - 2)
  return { way, where, who, along: name }
}

function stepPage(
  c: Context<MemberEnv>,
  act: 'agreed' | 'happened' | 'notHappened',
  Fields: typeof AgreedFields | typeof HappenedFields | typeof NotHappenedFields,
) {
  return (values: FormValues, errors?: FieldErrors): DrawAct =>
    async (thread, refusal) => {
      const { db, actor, t } = c.var
      const found = await openThreadFile(db, actor, thread.id)
      const { meeting } = introductionOf(found?.pieces ?? [])
      return (
        <ActFrame
          screen={c.var}
          thread={thread}
          act={act}
          go={t('referrals.act.introduce.go')}
          errors={errors}
          refusal={refusal}
        >
          <Fields t={t} thread={thread} meeting={meeting} values={values} errors={errors ?? {}} />
        </ActFrame>
      )
    }
}

function agreedPage(c: Context<MemberEnv>, values: FormValues, errors?: FieldErrors): DrawAct {
  return stepPage(c, 'agreed', AgreedFields)(values, errors)
}

function happenedPage(c: Context<MemberEnv>, values: FormValues, errors?: FieldErrors): DrawAct {
  return stepPage(c, 'happened', HappenedFields)(values, errors)
}

function notHappenedPage(c: Context<MemberEnv>, values: FormValues, errors?: FieldErrors): DrawAct {
  return stepPage(c, 'notHappened', NotHappenedFields)(values, errors)
}
