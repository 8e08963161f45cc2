import { Hono } from 'hono'
import { z } from 'zod'

import { roles, rowOf, sectors } from '#platform/access'
import { newAuthenticator, stepOf } from '#platform/auth'
import { type FieldErrors, type FormValues, notFound, readForm, type SiteEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  Checkboxes,
  Input,
  OneTimeSecret,
  PageHeading,
  PasswordInput,
  PlainPage,
  Select,
} from '#platform/ui'

import { foundAgency } from './founding.actions.ts'
import { foundingFor, type Offer } from './founding.store.ts'
import { LinkOver } from './gone.view.tsx'
import { paths, pathTo } from './paths.ts'
import { KeepCode } from './recovery-code.view.tsx'

/** The least a password may have; length is what counts, so nothing else is asked of it. */
export const leastPassword = 12

const Form = z.object({
  agency: z.string('parties.begin.agency-missing').min(1, 'parties.begin.agency-missing').max(120),
  sector: z.enum(sectors, 'parties.begin.sector-missing'),
  area: z.string().max(120).optional(),
  phone: z.string().max(40).optional(),
  name: z.string('parties.begin.name-missing').min(1, 'parties.begin.name-missing').max(80),
  title: z.string().max(80).optional(),
  login: z.email('parties.begin.login-missing').max(254),
  password: z
    .string('parties.begin.password-short')
    .min(leastPassword, 'parties.begin.password-short')
    .max(1024),
  roles: z.array(z.enum(roles)).min(1, 'parties.begin.roles-missing'),
  secret: z.string().min(16).max(64),
  code: z.string('parties.code.missing').regex(/^\s*(\d\s*){6}$/, 'parties.code.missing'),
})

/** Where the first administrator of an agency takes up the offer: the agency, their own way in, and the recovery code. */
export const beginPage = new Hono<SiteEnv>()

beginPage.get(paths.begin, async (c) => {
  const token = c.req.param('token')
  const offer = await foundingFor(c.var.site.pools.web, rowOf(token))
  if (offer === null) return c.html(<LinkOver t={c.var.t} />, 410)
  return c.html(
    <Begin
      t={c.var.wordsFor({ pack: offer.pack })}
      token={token}
      offer={offer}
      values={{ agency: offer.name, area: offer.area }}
      errors={{}}
    />,
  )
})

beginPage.post(paths.begin, async (c) => {
  const token = c.req.param('token')
  const { pools, installation } = c.var.site
  const offer = await foundingFor(pools.web, rowOf(token))
  if (offer === null) return c.html(<LinkOver t={c.var.t} />, 410)
  const t = c.var.wordsFor({ pack: offer.pack })
  const form = await readForm(c, Form, { asTyped: ['password'] })
  if (!form.ok)
    return c.html(<Begin t={t} token={token} offer={offer} values={form.values} errors={form.errors} />, 422)
  const { data } = form
  const again = (errors: FieldErrors) =>
    c.html(<Begin t={t} token={token} offer={offer} values={kept(data)} errors={errors} />, 422)
  if (stepOf(data.secret, data.code, Temporal.Now.instant()) === null)
    return again({ code: t('parties.code.wrong') })
  const done = await foundAgency(pools.web, installation, token, {
    agencyName: data.agency,
    sector: data.sector,
    area: data.area ?? '',
    publicPhone: data.phone ?? '',
    login: data.login,
    password: data.password,
    card: { name: data.name, title: data.title ?? '' },
    roles: data.roles,
    authenticator: data.secret,
  })
  if ('refused' in done)
    return done.refused === 'busy' ? again({ login: t('parties.sign-in.busy') }) : notFound(c)
  return c.html(<KeepCode t={t} code={done.recoveryCode} />)
})

function kept(data: z.output<typeof Form>): FormValues {
  const { roles: chosen, password: _, ...rest } = data
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    roles: [...chosen],
  }
}

interface BeginProps {
  readonly t: Words
  readonly token: string
  readonly offer: Offer
  readonly values: FormValues
  readonly errors: FieldErrors
}

function Begin({ t, token, offer, values, errors }: BeginProps) {
  const fields = { t, values, errors }
  return (
    <PlainPage t={t} title={t('parties.begin.title')} errors={errors} staff>
      <PageHeading>{t('parties.begin.title')}</PageHeading>
      <p class="govuk-body">{t('parties.begin.lead')}</p>
      <form method="post" action={pathTo(paths.begin, token)} novalidate>
        <AgencyFields {...fields} offer={offer} />
        <OwnFields {...fields} />
        <AuthenticatorFields {...fields} />
        <Button>{t('parties.begin.go')}</Button>
      </form>
    </PlainPage>
  )
}

type FieldsProps = Pick<BeginProps, 't' | 'values' | 'errors'>

function typed(values: FormValues, name: string): string {
  const value = values[name]
  return typeof value === 'string' ? value : ''
}

function AgencyFields({ t, values, errors, offer }: FieldsProps & { readonly offer: Offer }) {
  return (
    <>
      <h2 class="govuk-heading-m">{t('parties.begin.agency-heading')}</h2>
      <Input
        name="agency"
        label={t('parties.begin.agency')}
        value={typed(values, 'agency')}
        error={errors['agency']}
      />
      {offer.sector === '' ? (
        <Select
          name="sector"
          label={t('parties.begin.sector')}
          value={typed(values, 'sector')}
          items={sectors.map((sector) => ({ value: sector, text: t(`parties.sector.${sector}`) }))}
          error={errors['sector']}
        />
      ) : (
        <input type="hidden" name="sector" value={offer.sector} />
      )}
      <Input
        name="area"
        label={t('parties.begin.area')}
        value={typed(values, 'area')}
        error={errors['area']}
      />
      <Input
        name="phone"
        label={t('parties.begin.phone')}
        hint={t('parties.begin.phone-hint')}
        value={typed(values, 'phone')}
        type="tel"
        width={20}
        error={errors['phone']}
      />
    </>
  )
}

function OwnFields({ t, values, errors }: FieldsProps) {
  const chosen = values['roles'] ?? [
    'agency-administrator',
    'worker',
    'lead',
    'privacy-lead',
    'directory-editor',
  ]
  return (
    <>
      <h2 class="govuk-heading-m">{t('parties.begin.you-heading')}</h2>
      <Input
        name="name"
        label={t('parties.begin.name')}
        hint={t('parties.begin.name-hint')}
        value={typed(values, 'name')}
        error={errors['name']}
      />
      <Input
        name="title"
        label={t('parties.begin.job')}
        value={typed(values, 'title')}
        error={errors['title']}
      />
      <Checkboxes
        name="roles"
        legend={t('parties.begin.roles')}
        hint={t('parties.begin.roles-hint')}
        values={typeof chosen === 'string' ? [chosen] : chosen}
        items={roles.map((role) => ({
          value: role,
          text: t(`parties.role.${role}.name`),
          hint: t(`parties.role.${role}.does`),
        }))}
        error={errors['roles']}
      />
      <Input
        name="login"
        label={t('parties.sign-in.login')}
        value={typed(values, 'login')}
        type="email"
        autocomplete="username"
        error={errors['login']}
        spellcheck={false}
      />
      <PasswordInput
        name="password"
        label={t('parties.begin.password')}
        hint={t('parties.begin.password-hint')}
        autocomplete="new-password"
        error={errors['password']}
      />
    </>
  )
}

function AuthenticatorFields({ t, values, errors }: FieldsProps) {
  const offered = newAuthenticator(t('parties.code.account'))
  const secret = typed(values, 'secret') === '' ? offered.secret : typed(values, 'secret')
  return (
    <>
      <h2 class="govuk-heading-m">{t('parties.code.set-up')}</h2>
      <p class="govuk-body">{t('parties.code.set-up-why')}</p>
      <OneTimeSecret
        label={t('parties.code.secret')}
        secret={spaced(secret)}
        qr={offered.uri.replace(offered.secret, secret)}
      />
      <input type="hidden" name="secret" value={secret} />
      <Input
        name="code"
        label={t('parties.code.label')}
        hint={t('parties.code.hint')}
        inputmode="numeric"
        autocomplete="one-time-code"
        width={10}
        error={errors['code']}
      />
    </>
  )
}

/** A secret in groups of four, easier to type. */
export function spaced(secret: string): string {
  return secret.replaceAll(/(.{4})(?=.)/g, '$1 ')
}
