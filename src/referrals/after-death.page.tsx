import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { openFile } from '#people'
import { type FieldErrors, type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, ButtonGroup, Checkboxes, WarningText } from '#platform/ui'
import {
  CaseFrame,
  databaseNow,
  FrameAgreed,
  ItemsAgreed,
  nameToUse,
  releaseOf,
  releasePath,
  releasePaths,
  ruleKey,
  standingOf,
  waitsForDeath,
} from '#releases'

import { sendAfterDeath } from './after-death.actions.ts'
import { threadPath } from './paths.ts'
import { openDesk } from './sending.actions.ts'

const Form = z.object({
  version: z.coerce.number().int(),
  known: z.string().trim().min(1, 'releases.after-death.known-missing').max(4000),
  sure: z.array(z.literal('yes')).min(1, 'releases.after-death.sure-missing'),
})

export const afterDeathPage = new Hono<MemberEnv>()

/** What was signed for after a death: how it is known, once more what goes, and the one button that sends it. */
afterDeathPage.get(releasePaths.afterDeath, needs('release:write'), (c) => show(c, {}, {}, 200))

afterDeathPage.post(releasePaths.afterDeath, needs('release:write'), askOnce, async (c) => {
  const { db, actor, t } = c.var
  const desk = await openDesk(db, actor, c.req.param('id'))
  if (desk === null) return notFound(c)
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.values, form.errors, 422)
  const { version, known } = form.data
  const sent = await sendAfterDeath(db, actor, t, desk, { id: c.req.param('release'), version }, known)
  if (!('refused' in sent)) return c.redirect(threadPath('thread', sent.threadId), 303)
  if (sent.refused === 'missing') return notFound(c)
  return show(c, { known, sure: 'yes' }, { form: refusalText(c, sent) }, 409)
})

function refusalText(
  { var: { t } }: Context<MemberEnv>,
  refusal: { readonly refused: string } | { readonly refused: 'rule'; readonly rule: string },
): string {
  if ('rule' in refusal) {
    const key = ruleKey(refusal.rule)
    return t.has(key) ? `${t(key)} (${refusal.rule})` : t('releases.sending.changed')
  }
  const key = `releases.sending.refused.${refusal.refused}`
  return t(t.has(key) ? key : 'releases.sending.changed')
}

async function show(
  c: Context<MemberEnv>,
  values: FormValues,
  errors: FieldErrors,
  status: 200 | 409 | 422,
): Promise<Response> {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  const stored = file === null ? null : await releaseOf(db, file.key, c.req.param('release') ?? '')
  if (file === null || stored === null || !waitsForDeath(stored)) return notFound(c)
  const one = releasePath('one', file.caseId, stored.id)
  if (standingOf(stored, await databaseNow(db)) !== 'active') return c.redirect(one, 303)
  const { kept } = stored
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t('releases.after-death.title')}
      back={{ href: one, text: t('releases.one.title', { to: kept.release.recipient.agency }) }}
      errors={errors}
    >
      <WarningText>{t('releases.after-death.lead', { to: kept.release.recipient.agency })}</WarningText>
      {errors['form'] === undefined ? null : <WarningText>{errors['form']}</WarningText>}
      <FrameAgreed t={t} kept={kept} />
      <h2 class="govuk-heading-m">{t('releases.one.items')}</h2>
      <ItemsAgreed t={t} kept={kept} />
      <form method="post" action={releasePath('afterDeath', file.caseId, stored.id)} id="form" novalidate>
        <input type="hidden" name="version" value={String(stored.version)} />
        <AboutText
          t={t}
          name="known"
          label={t('releases.after-death.known')}
          labelSize="m"
          hint={t('releases.after-death.known-hint')}
          rows={3}
          value={[values['known'] ?? ''].flat()[0] ?? ''}
          error={errors['known']}
        />
        <Checkboxes
          name="sure"
          legend={t('releases.after-death.sure-legend')}
          values={[values['sure'] ?? []].flat()}
          error={errors['sure']}
          items={[{ value: 'yes', text: t('releases.after-death.sure') }]}
        />
        <ButtonGroup>
          <Button variant="warning">{t('releases.after-death.go')}</Button>
          <a class="govuk-link" href={one}>
            {t('people.leave-it')}
          </a>
        </ButtonGroup>
      </form>
    </CaseFrame>,
    status,
  )
}
