import { Checkboxes } from '#platform/ui'
import { EditForm, ticked } from './edit-form.view.tsx'
import { headings, offeredTerms, TermsForm } from './offer-edit.ts'
import { setTerms } from './offer-edit.actions.ts'
import { offerOf } from './offer.store.ts'
import { entryAt, partPage, savedAt } from './part.page.tsx'
import { paths, routePaths } from './paths.ts'
import { termText } from './term.ts'

/** What kind of service it is, in terms of our own vocabulary. */
export const termsPage = partPage({
  route: routePaths.terms,
  form: TermsForm,
  at: entryAt,
  now: async (c, { service }) => {
    const codes = (await offerOf(c.var.db, service.id)).terms.map((each) => each.code)
    const chosen = headings.map(({ code }) => [code, codes.filter((each) => each.startsWith(`${code}.`))])
    return Object.fromEntries(chosen) as Record<string, string[]>
  },
  save: async (c, { service }, { why, ...chosen }) => {
    const terms = Object.values(chosen as Readonly<Record<string, string[]>>).flat()
    return savedAt(c, await setTerms(c.var.db, c.var.actor, service.id, { terms, why }), 'why')
  },
  view: (c, { service }, filled) => {
    const { t } = c.var
    const offered = offeredTerms(service.confidential)
    const groups = headings
      .map((heading) => ({ heading, terms: offered.filter((each) => each.parent === heading.code) }))
      .filter(({ terms }) => terms.length > 0)
    return (
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
            legend={termText(t.pack, heading)}
            legendSize="s"
            values={ticked(filled, heading.code)}
            error={filled.errors[heading.code]}
            items={terms.map((term) => ({ value: term.code, text: termText(t.pack, term) }))}
          />
        ))}
      </EditForm>
    )
  },
})
