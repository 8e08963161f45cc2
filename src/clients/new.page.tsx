import { type Context, Hono } from 'hono'

import { servedScopes } from '#platform/access'
import {
  dateOf,
  type FieldErrors,
  type FormValues,
  listOf,
  type MemberEnv,
  needs,
  readForm,
  textOf,
} from '#platform/http'
import {
  Button,
  Checkboxes,
  DateInput,
  Input,
  InsetText,
  OneTimeSecret,
  PageHeading,
  StaffPage,
  SummaryList,
  WarningText,
} from '#platform/ui'

import { ClientForm, mostDays } from './client.ts'
import { makeClient } from './client.actions.ts'
import { paths } from './paths.ts'
import { scopeText } from './scope.view.ts'
import { daysUntil } from './until.rules.ts'

/** Makes a client: its name, what it may do, until when. The answer shows the secret, once. */
export const newPage = new Hono<MemberEnv>()

newPage.get(paths.add, needs('agency:admin'), (c) => {
  const { t } = c.var
  const until = today(t.timeZone).add({ days: mostDays }).toString()
  return c.html(<Form c={c} values={{ until }} errors={{}} />)
})

newPage.post(paths.add, needs('agency:admin'), async (c) => {
  const { db, actor, t, site } = c.var
  const form = await readForm(c, ClientForm)
  if (!form.ok) return c.html(<Form c={c} values={form.values} errors={form.errors} />, 422)
  const { name, scopes, until } = form.data
  const wrong = (errors: FieldErrors) =>
    c.html(<Form c={c} values={{ name, scopes, until }} errors={errors} />, 422)
  const days = daysUntil(today(t.timeZone).toString(), until)
  if (typeof days !== 'number') return wrong({ until: t(`clients.form.until-${days.refused}`) })
  const made = await makeClient(db, actor, site.installation, { name, scopes, days })
  if ('refused' in made) return wrong({ form: t(`clients.form.${made.refused}`) })
  return c.html(<Made c={c} id={made.id} secret={made.secret} name={name} />)
})

function today(zone: string): Temporal.PlainDate {
  return Temporal.Now.plainDateISO(zone)
}

interface Screen {
  readonly c: Context<MemberEnv>
}

function Form({ c, values, errors }: Screen & { readonly values: FormValues; readonly errors: FieldErrors }) {
  const { t, actor, nav } = c.var
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      title={t('clients.form.title')}
      back={paths.list}
      errors={errors}
    >
      <PageHeading>{t('clients.form.title')}</PageHeading>
      <p class="govuk-body">{t('clients.form.lead')}</p>
      <InsetText>{t('clients.form.sees')}</InsetText>
      <form method="post" action={paths.add} novalidate>
        <Input
          name="name"
          label={t('clients.form.name')}
          hint={t('clients.form.name-hint')}
          value={textOf(values, 'name')}
          error={errors['name']}
        />
        <Checkboxes
          name="scopes"
          legend={t('clients.form.scopes')}
          hint={t('clients.form.scopes-hint')}
          values={[...listOf(values, 'scopes')]}
          items={servedScopes.map((scope) => ({ value: scope, text: scopeText(t, scope), hint: scope }))}
          error={errors['scopes']}
        />
        <DateInput
          name="until"
          legend={t('clients.form.until')}
          hint={t('clients.form.until-hint')}
          value={dateOf(values, 'until')}
          error={errors['until']}
        />
        <Button>{t('clients.form.go')}</Button>
      </form>
    </StaffPage>
  )
}

function Made({
  c,
  id,
  secret,
  name,
}: Screen & { readonly id: string; readonly secret: string; readonly name: string }) {
  const { t, actor, nav, config } = c.var
  return (
    <StaffPage t={t} actor={actor} nav={nav} title={t('clients.made.title')} back={paths.list}>
      <PageHeading>{t('clients.made.named', { name })}</PageHeading>
      <WarningText>{t('clients.made.once')}</WarningText>
      <OneTimeSecret label={t('clients.made.secret')} secret={secret} />
      <SummaryList
        rows={[
          { key: t('clients.made.id'), value: <code>{id}</code> },
          { key: t('clients.made.token'), value: <code>{config.publicUrl + paths.token}</code> },
        ]}
      />
      <p class="govuk-body">{t('clients.made.then')}</p>
    </StaffPage>
  )
}
