import { type Context, Hono } from 'hono'

import { type CaseFile, type CaseLock, openFile } from '#people'
import { type FieldErrors, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { record } from '#platform/ledger'
import { InsetText, PageHeading, PersonPage, WarningText } from '#platform/ui'
import { CaseFrame, nameToUse } from '#releases'

import { Account } from './account.view.tsx'
import { type DisclosureSource, disclosuresOf } from './disclosure.ts'
import { untoldGrounds } from './granted.view.ts'
import { looksOf } from './looks.view.ts'
import { askPath, paths } from './paths.ts'
import { lookAllowed, SafeLook, SafeLookForm } from './safe-look.view.tsx'

/** *What was shared and who looked*, for the person: nothing of it before the question whether it is safe now. */
export function accountPage(sources: readonly DisclosureSource[], lock: CaseLock): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.account, needs('case:read'), async (c) => {
    const file = await openFile(c.var.db, c.var.actor, c.req.param('id'))
    return file === null ? notFound(c) : ask(c, file, {}, {})
  })

  page.post(paths.account, needs('case:read'), async (c) => {
    const { db, actor, t } = c.var
    const file = await openFile(db, actor, c.req.param('id'))
    if (file === null) return notFound(c)
    const form = await readForm(c, SafeLook)
    if (!form.ok) return ask(c, file, form.errors, textsOf(form.values))
    const allowed = lookAllowed(file, form.data, new Date())
    if (allowed === 'not-now') return ask(c, file, {}, {}, 'not-now')
    if (allowed === 'ask-again') return ask(c, file, {}, form.data, 'again')
    if (typeof allowed === 'object') return ask(c, file, {}, form.data, allowed.refused)
    const locked = allowed === 'print' ? await lock(db, actor, file) : null
    if (locked !== null) return ask(c, file, {}, form.data, locked.key)
    const disclosures = await disclosuresOf(db, actor, t, file, sources)
    const { looks, more } = await looksOf(db, actor, t, file)
    await record(db, actor, { kind: 'ask.shown', of: file.key, detail: { what: 'account', how: allowed } })
    return c.html(
      <PersonPage
        t={t}
        title={t('asks.account.title')}
        back={{ href: askPath('asks', file.caseId), text: t('asks.back') }}
      >
        <PageHeading>{t('asks.account.title')}</PageHeading>
        <Account t={t} agency={actor.agencyName} disclosures={disclosures} looks={looks} more={more} />
      </PersonPage>,
    )
  })
  return page
}

function textsOf(values: Readonly<Record<string, string | string[]>>) {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  return { safe: text('safe'), how: text('how') }
}

async function ask(
  c: Context<MemberEnv>,
  file: CaseFile,
  errors: FieldErrors,
  values: { readonly safe?: string; readonly how?: string },
  said = '',
) {
  const { t } = c.var
  const untold = (await untoldGrounds(c.var.db, file)).size
  const refused = said !== '' && said !== 'not-now' && said !== 'again'
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t('asks.account.title')}
      back={{ href: askPath('asks', file.caseId), text: t('asks.title') }}
      errors={errors}
    >
      {refused ? <WarningText>{t(said)}</WarningText> : null}
      {said === 'not-now' ? <InsetText>{t('asks.safe.later')}</InsetText> : null}
      <p class="govuk-body">{t('asks.account.lead')}</p>
      {untold === 0 ? null : <InsetText>{t('asks.account.untold', { count: untold })}</InsetText>}
      <SafeLookForm
        t={t}
        action={askPath('account', file.caseId)}
        errors={errors}
        values={values}
        again={said === 'again'}
      />
    </CaseFrame>,
    refused ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
