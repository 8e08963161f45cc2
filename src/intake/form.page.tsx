import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { colleaguesOf } from '#people'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, ButtonGroup, InsetText, WarningText } from '#platform/ui'

import type { FormProblem, StoredForm } from './form.ts'
import { publishForm, setFormState } from './form.actions.ts'
import { nameOfItem, itemOf } from './form.rules.ts'
import { formById, versionsOf } from './form.store.ts'
import { AddItem, ItemList } from './item-list.view.tsx'
import { FormsFrame } from './frame.view.tsx'
import { problemText } from './item.view.ts'
import { BroughtNotes, noteKey } from './notes.view.tsx'
import { formPath, paths, versionPath } from './paths.ts'

const Publish = z.object({ edit: z.coerce.number().int() })
const State = z.object({ state: z.enum(['in-use', 'retired']) })

export const formPage = new Hono<MemberEnv>()

/** One form as its editor sees it: what it asks, in which order, when; what is published and what is only a draft. */
formPage.get(paths.form, needs('case:lead'), (c) => show(c, []))

/** Makes the draft the next version, or lists everything that keeps it from being asked. */
formPage.post(paths.publish, needs('case:lead'), async (c) => {
  const form = await readForm(c, Publish)
  const { db, actor } = c.var
  const id = c.req.param('form')
  const at = { id, edit: form.ok ? form.data.edit : 0 }
  const done = await publishForm(db, actor, at)
  if ('problems' in done) return show(c, done.problems)
  if ('refused' in done) return done.refused === 'missing' ? notFound(c) : show(c, [], true)
  return c.redirect(`${formPath('form', id)}?said=published`, 303)
})

/** Takes a form out of use, or back. */
formPage.post(paths.state, needs('case:lead'), async (c) => {
  const form = await readForm(c, State)
  const id = c.req.param('form')
  if (!form.ok) return notFound(c)
  const done = await setFormState(c.var.db, c.var.actor, id, form.data.state)
  if ('refused' in done) return notFound(c)
  const said = form.data.state === 'retired' ? 'retired' : 'restored'
  return c.redirect(`${formPath('form', id)}?said=${said}`, 303)
})

async function show(c: Context<MemberEnv>, problems: readonly FormProblem[], changed = false) {
  const { t, db, actor } = c.var
  const form = await formById(db, actor, c.req.param('form') ?? '')
  if (form === null) return notFound(c)
  const said = c.req.query('said') ?? ''
  const key = `intake.form.said.${said}`
  const status = problems.length > 0 ? 422 : changed ? 409 : 200
  return c.html(
    <FormsFrame
      screen={c.var}
      title={form.body.title}
      caption={stateText(c, form)}
      back={{ href: paths.forms, text: t('intake.forms.title') }}
      said={status === 200 && t.has(key) ? t(key) : undefined}
    >
      <BroughtNotes t={t} notes={c.req.queries(noteKey) ?? []} />
      {changed ? <WarningText>{t('intake.form.changed')}</WarningText> : null}
      <Problems c={c} form={form} problems={problems} />
      {form.body.purpose === '' ? null : <p class="govuk-body app-measure">{form.body.purpose}</p>}
      <p class="govuk-body">
        <a class="govuk-link" href={formPath('about', form.id)}>
          {t('intake.about.change')}
        </a>
      </p>
      <Origin c={c} form={form} />
      <ItemList t={t} form={form} />
      <AddItem t={t} form={form} />
      <Acts c={c} form={form} />
      <Versions
        c={c}
        form={form}
        people={new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))}
        versions={await versionsOf(db, actor, form.id)}
      />
    </FormsFrame>,
    status,
  )
}

function stateText({ var: { t } }: Context<MemberEnv>, form: StoredForm): string {
  if (form.state === 'retired') return t('intake.forms.state.retired')
  if (form.version === 0) return t('intake.forms.state.draft')
  const version = t('intake.forms.version', { version: form.version })
  return form.changed ? `${version} · ${t('intake.forms.changed')}` : version
}

interface PartProps {
  readonly c: Context<MemberEnv>
  readonly form: StoredForm
}

function Problems({ c, form, problems }: PartProps & { readonly problems: readonly FormProblem[] }) {
  const { t } = c.var
  if (problems.length === 0) return null
  const name = (id: string) => {
    const found = itemOf(form.body, id)
    return found === undefined ? id : nameOfItem(found.item)
  }
  return (
    <div class="govuk-error-summary" role="alert">
      <h2 class="govuk-error-summary__title">{t('intake.form.not-yet')}</h2>
      <ul class="govuk-list govuk-error-summary__list">
        {problems.map((each) => (
          <li>
            <a
              href={each.item === '' ? formPath('about', form.id) : `#item-${encodeURIComponent(each.item)}`}
            >
              {problemText(t, each, name)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Where a form came from and who said that it may be used. */
function Origin({ c, form }: PartProps) {
  const { t } = c.var
  const { origin, licence, kept } = form.body
  const copyright = typeof kept['copyright'] === 'string' ? kept['copyright'] : ''
  if (licence === null && copyright === '') return null
  return (
    <InsetText>
      {licence === null ? null : (
        <p>{t('intake.form.licence', { name: licence.by, date: t.date(licence.on) })}</p>
      )}
      {origin === null || origin.url === '' ? null : <p>{t('intake.form.origin', { url: origin.url })}</p>}
      {copyright === '' ? null : <p>{copyright}</p>}
    </InsetText>
  )
}

function Acts({ c, form }: PartProps) {
  const { t } = c.var
  const retired = form.state === 'retired'
  return (
    <div class="app-form-acts">
      <ButtonGroup>
        <Button href={formPath('preview', form.id)} variant="secondary">
          {t('intake.preview.go')}
        </Button>
        {form.changed && !retired ? (
          <form method="post" action={formPath('publish', form.id)}>
            <input type="hidden" name="edit" value={String(form.edit)} />
            <Button>{t('intake.form.publish', { version: form.version + 1 })}</Button>
          </form>
        ) : null}
        <form method="post" action={formPath('state', form.id)}>
          <input type="hidden" name="state" value={retired ? 'in-use' : 'retired'} />
          <Button variant="secondary">{t(retired ? 'intake.form.restore' : 'intake.form.retire')}</Button>
        </form>
      </ButtonGroup>
      <p class="govuk-body app-muted">{t('intake.form.publish-means')}</p>
    </div>
  )
}

function Versions({
  c,
  form,
  versions,
  people,
}: PartProps & {
  readonly versions: Awaited<ReturnType<typeof versionsOf>>
  readonly people: ReadonlyMap<string, string>
}) {
  const { t } = c.var
  if (versions.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{t('intake.form.versions')}</h2>
      <ul class="govuk-list">
        {versions.map((each) => (
          <li>
            <a class="govuk-link" href={versionPath('version', form.id, each.version)}>
              {t('intake.forms.version', { version: each.version })}
            </a>{' '}
            <span class="app-muted">
              {t('intake.form.published', {
                date: t.dateTime(each.publishedAt),
                name: people.get(each.publishedBy) ?? t('intake.gone'),
              })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
