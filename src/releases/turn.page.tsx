import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { otherAgencies } from '#parties'
import { type CaseFile, openFile, openForWork, readFile } from '#people'
import { type MemberEnv, needs, notFound, readForm, type FieldErrors } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, Input, PageHeading, PersonPage, Radios } from '#platform/ui'

import { FrameAgreed, ItemsAgreed, RecipientWarning, rightsSaid } from './agreed.view.tsx'
import { draftContext } from './draft.rules.ts'
import type { StoredRelease } from './kept-release.ts'
import { paths, releasePath } from './paths.ts'
import { databaseNow, releaseOf } from './release.store.ts'
import type { ReleaseProblem } from './release.ts'
import { takeSignature } from './signing.actions.ts'

const Form = z.object({
  version: z.coerce.number().int(),
  name: z.array(z.string().trim().max(200)).max(4),
  copy: z.enum(['no-copy-for-safety', 'kept-here', 'given'], 'releases.turn.copy-missing').optional(),
  answer: z.enum(['sign', 'not-now']).default('sign'),
})

export const turnPage = new Hono<MemberEnv>()

/** The person's own turn: what is to be signed, and nothing else of the case. */
turnPage.get(paths.turn, needs('release:write'), async (c) => {
  const found = await readTurn(c)
  if (found === null) return notFound(c)
  const { stored, file } = found
  if (stored.state !== 'draft' || stored.kept.release.signatures.length > 0 || !stored.kept.talked) {
    return c.redirect(releasePath('back', file.caseId, stored.id), 303)
  }
  return c.html(<TurnPage t={c.var.t} stored={stored} />)
})

turnPage.post(paths.turn, needs('release:write'), async (c) => {
  const { db, actor, t } = c.var
  const opened = await openForWork(db, actor, c.req.param('id'), 'changing')
  if (opened === null) return notFound(c)
  const releaseId = c.req.param('release')
  const stored = await releaseOf(db, opened.key, releaseId)
  if (stored === null) return notFound(c)
  const done = releasePath('back', stored.caseId, stored.id)
  const form = await readForm(c, Form)
  if (!form.ok) return c.html(<TurnPage t={t} stored={stored} errors={form.errors} />, 422)
  if (form.data.answer === 'not-now') return c.redirect(done, 303)
  const { copy } = form.data
  if (copy === undefined) {
    const errors = { ...missingNames(t, stored, form.data.name), copy: t('releases.turn.copy-missing') }
    return c.html(<TurnPage t={t} stored={stored} errors={errors} names={form.data.name} />, 422)
  }
  const file = await readFile(db, opened)
  const context = draftContext(actor, file, await otherAgencies(db, actor.partyId), await databaseNow(db))
  const at = { id: stored.id, version: form.data.version }
  const turn = { names: form.data.name, copy, way: 'here' as const }
  const signed = await takeSignature(db, actor, opened.key, at, turn, context)
  if (!('refused' in signed)) return c.redirect(done, 303)
  if (signed.refused !== 'problems') {
    const errors = { form: t('releases.turn.changed') }
    return c.html(<TurnPage t={t} stored={stored} errors={errors} />, 409)
  }
  const errors = personErrors(t, signed.problems)
  return c.html(<TurnPage t={t} stored={stored} errors={errors} names={turn.names} copy={copy} />, 422)
})

/** Nothing of the case: only that the screen goes back. */
turnPage.get(paths.back, needs('release:write'), async (c) => {
  const opened = await openForWork(c.var.db, c.var.actor, c.req.param('id'), 'reading')
  if (opened === null) return notFound(c)
  return c.html(<HandBack t={c.var.t} next={nextPath(c.req.param('id'), c.req.param('release'))} />)
})

/** What the worker's button leads to: sending when it is signed, the talk when it is not. */
function nextPath(caseId: string, releaseId: string): string {
  return releasePath('send', caseId, releaseId)
}

async function readTurn(
  c: Context<MemberEnv>,
): Promise<{ readonly stored: StoredRelease; readonly file: CaseFile } | null> {
  const file = await openFile(c.var.db, c.var.actor, c.req.param('id') ?? '')
  if (file === null) return null
  const stored = await releaseOf(c.var.db, file.key, c.req.param('release') ?? '')
  return stored === null ? null : { stored, file }
}

function missingNames(t: Words, stored: StoredRelease, names: readonly string[]): FieldErrors {
  const missing = stored.kept.signers.some((_signer, index) => (names[index] ?? '') === '')
  return missing ? { name: t('releases.turn.name-missing') } : {}
}

/**
 * What the person reads when something is missing. Every other refusal looks the same here: whoever sits at the screen must
 * not learn from it who is named in the case; the worker reads the rule on the next page.
 */
function personErrors(t: Words, problems: readonly ReleaseProblem[]): FieldErrors {
  const own = problems.every((each) => each.rule === 'release-signature')
  return own ? { name: t('releases.turn.name-missing') } : { name: t('releases.turn.not-here') }
}

function TurnPage(p: {
  readonly t: Words
  readonly stored: StoredRelease
  readonly errors?: FieldErrors | undefined
  readonly names?: readonly string[] | undefined
  readonly copy?: string | undefined
}) {
  const { t, stored } = p
  const { kept } = stored
  const { release } = kept
  const to = release.recipient.agency
  return (
    <PersonPage t={t} title={t('releases.turn.title')} errors={p.errors}>
      <PageHeading>{t('releases.turn.title')}</PageHeading>
      <p class="govuk-body-l" id="form">
        {t('releases.turn.lead', { from: release.discloser.agency, to })}
      </p>
      <h2 class="govuk-heading-m">{t('releases.turn.what')}</h2>
      <ItemsAgreed t={t} kept={kept} toPerson />
      <p class="govuk-body">{t('releases.turn.nothing-else')}</p>
      <h2 class="govuk-heading-m">{t('releases.turn.frame')}</h2>
      <FrameAgreed t={t} kept={kept} />
      <h2 class="govuk-heading-m">{t('releases.turn.they', { to })}</h2>
      <RecipientWarning t={t} kept={kept}>
        <p class="govuk-body">{t('releases.turn.redisclosure')}</p>
      </RecipientWarning>
      <h2 class="govuk-heading-m">{t('releases.turn.yours')}</h2>
      <ul class="govuk-list govuk-list--bullet govuk-list--spaced">
        {rightsSaid(t, release).map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      <form method="post" action={releasePath('turn', stored.caseId, stored.id)} novalidate>
        <input type="hidden" name="version" value={String(stored.version)} />
        <SignFields t={t} stored={stored} names={p.names} copy={p.copy} errors={p.errors} />
        <ButtonGroup>
          <Button name="answer" value="sign">
            {t('releases.turn.sign')}
          </Button>
          <Button name="answer" value="not-now" variant="secondary">
            {t('releases.turn.not-now')}
          </Button>
        </ButtonGroup>
      </form>
    </PersonPage>
  )
}

function SignFields(p: {
  readonly t: Words
  readonly stored: StoredRelease
  readonly names?: readonly string[] | undefined
  readonly copy?: string | undefined
  readonly errors?: FieldErrors | undefined
}) {
  const { t } = p
  const { signers } = p.stored.kept
  return (
    <>
      {signers.map((signer, index) => (
        <Input
          name="name"
          id={index === 0 ? 'name' : `name-${index + 1}`}
          label={
            signers.length === 1 && signer.as === 'self'
              ? t('releases.turn.name')
              : t(`releases.turn.name-as.${signer.as}`, { name: signer.name })
          }
          hint={index === 0 ? t('releases.turn.name-hint') : undefined}
          labelSize="m"
          width={20}
          value={p.names?.[index] ?? ''}
          spellcheck={false}
          error={index === 0 ? p.errors?.['name'] : undefined}
        />
      ))}
      <Radios
        name="copy"
        legend={t('releases.turn.copy')}
        legendSize="m"
        hint={t('releases.turn.copy-hint')}
        value={p.copy}
        error={p.errors?.['copy']}
        items={(['no-copy-for-safety', 'kept-here', 'given'] as const).map((value) => ({
          value,
          text: t(`releases.turn.copies.${value}`),
        }))}
      />
    </>
  )
}

function HandBack({ t, next }: { readonly t: Words; readonly next: string }) {
  return (
    <PersonPage t={t} title={t('releases.turn.thanks')}>
      <PageHeading>{t('releases.turn.thanks')}</PageHeading>
      <p class="govuk-body-l">{t('releases.turn.hand-back')}</p>
      <Button href={next} variant="secondary">
        {t('releases.turn.continue')}
      </Button>
    </PersonPage>
  )
}
