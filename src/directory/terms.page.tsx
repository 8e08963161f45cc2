import { type Context, Hono } from 'hono'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Checkboxes } from '#platform/ui'
import { EditForm, type Filled, ticked } from './edit-form.view.tsx'
import { ownEntry } from './entry.page.tsx'
import { headings, offeredTerms, TermsForm } from './offer-edit.ts'
import { setTerms } from './offer-edit.actions.ts'
import { offerOf } from './offer.store.ts'
import { paths, routePaths } from './paths.ts'
import type { ServiceDetail } from './service.ts'

export const termsPage = new Hono<MemberEnv>()

/** What kind of service it is, in terms of our own vocabulary. */
termsPage.get(routePaths.terms, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const { terms } = await offerOf(c.var.db, service.id)
  const codes = terms.map((each) => each.code)
  const values = headings.map(({ code }) => [code, codes.filter((each) => each.startsWith(`${code}.`))])
  return show(c, service, { values: Object.fromEntries(values), errors: {} })
})

termsPage.post(routePaths.terms, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const form = await readForm(c, TermsForm)
  if (!form.ok) {
    c.status(422)
    return show(c, service, form)
  }
  const { why, ...chosen } = form.data
  const terms = Object.values(chosen as Readonly<Record<string, string[]>>).flat()
  const done = await setTerms(c.var.db, c.var.actor, service.id, { terms, why })
  return 'refused' in done ? notFound(c) : c.redirect(paths.entry(service.id), 303)
})

function show(c: Context<MemberEnv>, service: ServiceDetail, filled: Filled) {
  const { t } = c.var
  const offered = offeredTerms(service.confidential)
  const groups = headings
    .map((heading) => ({ heading, terms: offered.filter((each) => each.parent === heading.code) }))
    .filter(({ terms }) => terms.length > 0)
  return c.html(
    <EditForm
      c={c}
      service={service}
      title="directory.terms.title"
      action={paths.terms(service.id)}
      filled={filled}
    >
      <p class="govuk-body">{t('directory.terms.lead')}</p>
      {groups.map(({ heading, terms }) => (
        <Checkboxes
          name={heading.code}
          legend={heading.label}
          legendSize="s"
          values={ticked(filled, heading.code)}
          error={filled.errors[heading.code]}
          items={terms.map(({ code, label }) => ({ value: code, text: label }))}
        />
      ))}
    </EditForm>,
  )
}
