import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { type FormValues, type MemberEnv, needs, notFound, readForm, textOf } from '#platform/http'
import { Button, InsetText, Radios, Timeline, Lines } from '#platform/ui'

import type { CaseFile } from './case.ts'
import { colleaguesOf } from './colleague.store.ts'
import { type Screen, TaskFrame } from './frame.view.tsx'
import { holdGrounds, type LegalHold } from './legal-hold.ts'
import { liftHold, placeHold } from './legal-hold.actions.ts'
import { holdsOf } from './legal-hold.store.ts'
import { casePath, paths } from './paths.ts'
import { fileOf } from './task.ts'

const Place = z.object({
  ground: z.enum(holdGrounds, 'people.legal-hold.ground-missing'),
  reason: z.string().trim().min(1, 'people.legal-hold.reason-missing').max(1000, 'people.legal-hold.long'),
})
const Lift = z.object({
  lifted: z.string().trim().min(1, 'people.legal-hold.lifted-missing').max(1000, 'people.legal-hold.long'),
})

export const legalHoldPage = new Hono<MemberEnv>()

/** The legal hold of a case: whether one is in force, why, and the way to place or lift it. */
legalHoldPage.get(paths.legalHold, needs('case:keep'), (c) => show(c, {}, {}))

legalHoldPage.post(paths.legalHold, needs('case:keep'), askOnce, async (c) => {
  const form = await readForm(c, Place)
  if (!form.ok) return show(c, form.errors, form.values)
  return settled(c, await placeHold(c.var.db, c.var.actor, c.req.param('id'), form.data))
})

legalHoldPage.post(paths.liftHold, needs('case:keep'), askOnce, async (c) => {
  const form = await readForm(c, Lift)
  if (!form.ok) return show(c, form.errors, form.values)
  return settled(c, await liftHold(c.var.db, c.var.actor, c.req.param('id'), form.data.lifted))
})

function settled(c: Context<MemberEnv>, done: Awaited<ReturnType<typeof placeHold>>) {
  if (!('refused' in done) || done.refused !== 'no-case')
    return c.redirect(casePath('legalHold', c.req.param('id') ?? ''), 303)
  return notFound(c)
}

async function show(
  c: Context<MemberEnv>,
  errors: Readonly<Record<string, string>>,
  values: FormValues,
): Promise<Response> {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const holds = await holdsOf(db, file.key)
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  const current = holds.find((hold) => hold.liftedAt === null) ?? null
  const form = { screen: c.var, file, errors, values }
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('people.legal-hold.title')}
      lead={t('people.legal-hold.lead')}
      errors={errors}
    >
      {current === null ? (
        <>
          <p class="govuk-body">{t('people.legal-hold.none')}</p>
          <PlaceForm {...form} />
        </>
      ) : (
        <>
          <InsetText>
            {t('people.legal-hold.now', { date: t.date(current.placedAt) })}
            <br />
            {t(`people.legal-hold.ground-${current.ground}`)}: <Lines text={current.reason} />
          </InsetText>
          <LiftForm {...form} />
        </>
      )}
      {holds.length === 0 ? null : (
        <>
          <h2 class="govuk-heading-m">{t('people.legal-hold.before')}</h2>
          <Timeline items={holds.flatMap((hold) => happened(c.var, hold, names))} />
        </>
      )}
    </TaskFrame>,
    Object.keys(errors).length === 0 ? 200 : 422,
  )
}

interface FormProps {
  readonly screen: Screen
  readonly file: CaseFile
  readonly errors: Readonly<Record<string, string>>
  readonly values: FormValues
}

function PlaceForm({ screen: { t }, file, errors, values }: FormProps) {
  return (
    <form method="post" action={casePath('legalHold', file.caseId)} novalidate>
      <Radios
        name="ground"
        legend={t('people.legal-hold.ground')}
        value={textOf(values, 'ground')}
        error={errors['ground']}
        small
        items={holdGrounds.map((ground) => ({
          value: ground,
          text: t(`people.legal-hold.ground-${ground}`),
        }))}
      />
      <AboutText
        t={t}
        name="reason"
        label={t('people.legal-hold.reason')}
        hint={t('people.legal-hold.reason-hint')}
        value={textOf(values, 'reason')}
        error={errors['reason']}
        rows={4}
      />
      <Button>{t('people.legal-hold.place')}</Button>
    </form>
  )
}

function LiftForm({ screen: { t }, file, errors, values }: FormProps) {
  return (
    <form method="post" action={casePath('liftHold', file.caseId)} novalidate>
      <AboutText
        t={t}
        name="lifted"
        label={t('people.legal-hold.lifted')}
        hint={t('people.legal-hold.lifted-hint')}
        value={textOf(values, 'lifted')}
        error={errors['lifted']}
        rows={4}
      />
      <Button variant="secondary">{t('people.legal-hold.lift')}</Button>
    </form>
  )
}

function happened({ t }: Screen, hold: LegalHold, names: ReadonlyMap<string, string>) {
  const who = (account: string) => names.get(account) ?? t('people.notes.gone')
  const placed = {
    when: t.dateTime(hold.placedAt),
    machineTime: hold.placedAt.toISOString(),
    what: t('people.legal-hold.was-placed', { reason: hold.reason }),
    who: who(hold.placedBy),
  }
  if (hold.liftedAt === null || hold.liftedBy === null) return [placed]
  const lifted = {
    when: t.dateTime(hold.liftedAt),
    machineTime: hold.liftedAt.toISOString(),
    what: t('people.legal-hold.was-lifted', { reason: hold.liftedReason ?? '' }),
    who: who(hold.liftedBy),
  }
  return [lifted, placed]
}
