import { type Context, Hono } from 'hono'

import { askOnce } from '#language'
import { serviceById } from '#directory'
import { openFile } from '#people'
import { type FieldErrors, type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  endFor,
  errorsOf,
  type KeptRelease,
  problemsOf,
  recordRefusal,
  releaseOf,
  releasePath,
  type ReleaseProblem,
  type StoredRelease,
} from '#releases'

import { notListed } from './listed.actions.ts'
import { offList } from './off-list.page.tsx'
import { type Desk, deskOf, openDesk } from './sending.actions.ts'
import { guardianProblems, talkProblems, withTalk } from './sending.rules.ts'
import { TalkForm } from './sending.ts'
import { endOfDay } from './sending-end.rules.ts'
import { changeUnsent } from './unsent.actions.ts'
import { TalkPage } from './sending-talk.view.tsx'

const path = '/cases/:id/referrals/new/:release/talk'

export const newTalkPage = new Hono<MemberEnv>()

/** Page two: what it is for, how long, what they must report, what may come back. */
newTalkPage.get(path, needs('release:write'), async (c) => {
  const file = await openFile(c.var.db, c.var.actor, c.req.param('id'))
  if (file === null) return notFound(c)
  const desk = await deskOf(c.var.db, c.var.actor, file)
  const stored = await releaseOf(c.var.db, desk.key, c.req.param('release'))
  if (stored === null) return notFound(c)
  if (stored.state !== 'draft') return c.redirect(releasePath('one', file.caseId, stored.id), 303)
  if ((await notListed(c.var.db, c.var.actor, stored)) !== null) return offList(c, desk, stored)
  return show(c, desk, stored, stored.kept, {}, null, 200)
})

newTalkPage.post(path, needs('release:write'), askOnce, async (c) => {
  const { db, actor, t } = c.var
  const desk = await openDesk(db, actor, c.req.param('id'))
  const stored = desk === null ? null : await releaseOf(db, desk.key, c.req.param('release'))
  if (desk === null || stored === null || stored.state !== 'draft') return notFound(c)
  const form = await readForm(c, TalkForm)
  if (!form.ok) return show(c, desk, stored, stored.kept, form.errors, form.values, 422)
  const latest = endFor({ ...stored.kept.release, work: form.data.work }, null, desk.context).latest
  const endsAt = endOfDay(form.data.until, t.timeZone, latest)
  const given = { endsAt, file: desk.file, worker: actor.displayName, context: desk.context }
  const kept = withTalk(stored.kept, form.data, given)
  const unsafe = guardianProblems(form.data, desk.file, desk.context)
  if (unsafe.length > 0) await recordRefusal(db, actor, desk.key, stored, unsafe)
  const problems = [...unsafe, ...talkProblems(problemsOf(kept, desk.context))]
  const values = valuesOf(form.data)
  const off = await notListed(db, actor, { ...stored, kept })
  if (off !== null)
    return show(c, desk, stored, kept, { form: t(`releases.sending.refused.${off.refused}`) }, values, 409)
  if (problems.length > 0) return show(c, desk, stored, kept, talkErrors(t, problems), values, 422)
  const changed = await changeUnsent(
    db,
    actor,
    desk.key,
    { id: stored.id, version: form.data.version },
    () => kept,
  )
  if ('refused' in changed) {
    return show(c, desk, stored, kept, { form: t('releases.sending.changed') }, values, 409)
  }
  return c.redirect(releasePath(form.data.next, desk.file.caseId, stored.id), 303)
})

async function show(
  c: Context<MemberEnv>,
  desk: Desk,
  stored: StoredRelease,
  kept: KeptRelease,
  errors: FieldErrors,
  values: FormValues | null,
  status: 200 | 409 | 422,
): Promise<Response> {
  const service = await serviceById(c.var.db, kept.service.id ?? '')
  if (service === null) return offList(c, desk, stored)
  const parts = { screen: c.var, desk, stored, kept, service, errors, values }
  return c.html(<TalkPage {...parts} />, status)
}

function valuesOf(form: TalkForm): FormValues {
  const [year = '', month = '', day = ''] = form.until.split('-')
  return {
    ...form,
    version: String(form.version),
    young: form.young ?? '',
    'until-day': String(Number(day)),
    'until-month': String(Number(month)),
    'until-year': year,
  }
}

/** Each box stands for something done: one sentence for all of them, the rest as the rules say it. */
function talkErrors(t: Words, problems: readonly ReleaseProblem[]): Record<string, string> {
  const errors = errorsOf(t, problems, fieldOf)
  return errors['talked'] === undefined ? errors : { ...errors, talked: t('releases.sending.talked-missing') }
}

const talked = new Set([
  'not-a-condition',
  'may-withdraw',
  'redisclosure',
  'duty-to-report',
  'not-a-waiver',
  'refusal-consequences',
  'talked',
  'other-ways',
  'signer-safe',
])

function fieldOf(field: string): string {
  if (talked.has(field)) return 'talked'
  if (field.startsWith('need-')) return 'steps'
  if (field === 'endsAt' || field === 'starts-and-ends') return 'until'
  return ['purpose', 'interpreter', 'language', 'authority', 'guardian', 'times'].includes(field)
    ? field
    : 'form'
}
