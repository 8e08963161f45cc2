import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { needByCode } from '#directory'
import { type CaseFile, casePath, countUnmet, fileOf, paths as casePaths, TaskFrame } from '#people'
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
import {
  Button,
  ButtonGroup,
  Checkboxes,
  EmptyState,
  InsetText,
  NotificationBanner,
  Select,
} from '#platform/ui'

import { TriedSoFar } from './keeping.view.tsx'
import { reasonCodes, reasons } from './reason.ts'
import { type Tried, triedFor } from './tried.actions.ts'

const Form = z.object({
  need: z.array(z.string().max(60)).min(1, 'referrals.nowhere.need-missing').max(20),
  why: z.enum(reasonCodes, 'referrals.nowhere.why-missing'),
})

export const nowherePage = new Hono<MemberEnv>()

/** Nobody takes the person: counted without them, so that the gap is seen where services are planned. */
nowherePage.get(casePaths.nowhere, needs('referral:write'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor } = c.var
  const tried = await triedFor(db, actor, file)
  const why = tried.find(({ reason }) => reason !== null)?.reason ?? ''
  const codes = codesOf(file)
  const values = asTyped({ need: codes.length === 1 ? codes : [], why })
  return c.html(page(c, file, tried, values, {}, c.req.query('done')))
})

nowherePage.post(casePaths.nowhere, needs('referral:write'), async (c) => {
  const form = await readForm(c, Form)
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const chosen = form.ok ? codesOf(file).filter((code) => form.data.need.includes(code)) : []
  if (!form.ok || chosen.length === 0) {
    const errors = form.ok ? { need: t('referrals.nowhere.need-missing') } : form.errors
    const typed = form.ok ? asTyped(form.data) : form.values
    return c.html(page(c, file, await triedFor(db, actor, file), typed, errors), 422)
  }
  let counted = 0
  for (const need of chosen) if (await countUnmet(db, actor, file, need, form.data.why)) counted += 1
  return c.redirect(`${casePath('nowhere', file.caseId)}?done=${counted > 0 ? 'counted' : 'before'}`, 303)
})

function codesOf(file: CaseFile): readonly string[] {
  return [...new Set(file.needs.map((need) => need.code).filter((code) => code !== ''))]
}

function page(
  c: Context<MemberEnv>,
  file: CaseFile,
  tried: readonly Tried[],
  values: FormValues,
  errors: FieldErrors,
  done?: string,
) {
  const { t } = c.var
  const codes = codesOf(file)
  const why = textOf(values, 'why')
  const need = values['need']
  return (
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('referrals.nowhere.title')}
      lead={t('referrals.nowhere.lead')}
      errors={errors}
    >
      {done === 'counted' || done === 'before' ? (
        <NotificationBanner kind="success">
          <p class="govuk-notification-banner__heading">{t(`referrals.nowhere.done-${done}`)}</p>
          <p class="govuk-body">{t('referrals.nowhere.done-next')}</p>
        </NotificationBanner>
      ) : null}
      {done === 'counted' || done === 'before' ? (
        <p class="govuk-body">
          <a class="govuk-link" href={casePath('menu', file.caseId)}>
            {t('referrals.hold.next')}
          </a>
        </p>
      ) : codes.length === 0 ? (
        <EmptyState title={t('referrals.nowhere.no-need')}>
          <Button href={casePath('needs', file.caseId)}>{t('people.needs.title')}</Button>
        </EmptyState>
      ) : (
        <form method="post" action={casePath('nowhere', file.caseId)} novalidate>
          <Checkboxes
            name="need"
            legend={t('referrals.nowhere.need')}
            values={typeof need === 'string' ? [need] : (need ?? [])}
            error={errors['need']}
            items={codes.map((code) => ({ value: code, text: needByCode(code)?.label ?? code }))}
          />
          <Select
            name="why"
            label={t('referrals.nowhere.why')}
            value={why}
            error={errors['why']}
            items={[
              { value: '', text: t('referrals.nowhere.choose') },
              ...reasons.map(({ code }) => ({ value: code, text: t(`referrals.reason.${code}`) })),
            ]}
          />
          <InsetText>{t('referrals.nowhere.nobody')}</InsetText>
          <ButtonGroup>
            <Button>{t('referrals.nowhere.go')}</Button>
            <a class="govuk-link" href={casePath('menu', file.caseId)}>
              {t('referrals.hold.next')}
            </a>
          </ButtonGroup>
        </form>
      )}
      <TriedSoFar t={t} tried={tried} />
    </TaskFrame>
  )
}
