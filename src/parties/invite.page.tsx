import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { roles } from '#platform/access'
import { type FieldErrors, type FormValues, type MemberEnv, needs, readForm } from '#platform/http'
import { putMail } from '#platform/mail'
import { Button, Checkboxes, Input, OneTimeSecret, PageHeading, StaffPage } from '#platform/ui'

import { invite } from './invitation.actions.ts'
import { paths, pathTo } from './paths.ts'

const Form = z.object({
  name: z.string('parties.begin.name-missing').min(1, 'parties.begin.name-missing').max(80),
  title: z.string().max(80).optional(),
  login: z.email('parties.begin.login-missing').max(254),
  roles: z.array(z.enum(roles)).min(1, 'parties.begin.roles-missing'),
})

/** Invites a colleague: the link is shown once and sent by a mail that says nothing but the link. */
export const invitePage = new Hono<MemberEnv>()

invitePage.get(paths.invite, needs('agency:admin'), (c) => c.html(<Invite c={c} values={{}} errors={{}} />))

invitePage.post(paths.invite, needs('agency:admin'), async (c) => {
  const { db, actor, t, nav, site, config } = c.var
  const form = await readForm(c, Form)
  if (!form.ok) return c.html(<Invite c={c} values={form.values} errors={form.errors} />, 422)
  const { login, name, title, roles: chosen } = form.data
  const { token } = await invite(db, actor, site.installation, {
    login,
    card: { name, title: title ?? '' },
    roles: chosen,
  })
  const link = config.publicUrl + pathTo(paths.join, token)
  await putMail(db, site.installation, { to: login, template: 'invitation-link', link })
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} title={t('parties.invite.done')} back={paths.agency}>
      <PageHeading>{t('parties.invite.done')}</PageHeading>
      <p class="govuk-body">{t('parties.invite.then', { name })}</p>
      <OneTimeSecret label={t('parties.invite.link')} secret={link} />
    </StaffPage>,
  )
})

function Invite({
  c,
  values,
  errors,
}: {
  readonly c: Context<MemberEnv>
  readonly values: FormValues
  readonly errors: FieldErrors
}) {
  const { t, actor, nav } = c.var
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  const chosen = values['roles'] ?? ['worker']
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      title={t('parties.invite.title')}
      back={paths.agency}
      errors={errors}
    >
      <PageHeading>{t('parties.invite.title')}</PageHeading>
      <form method="post" action={paths.invite} novalidate>
        <Input name="name" label={t('parties.invite.name')} value={text('name')} error={errors['name']} />
        <Input name="title" label={t('parties.begin.job')} value={text('title')} error={errors['title']} />
        <Input
          name="login"
          label={t('parties.sign-in.login')}
          value={text('login')}
          type="email"
          error={errors['login']}
          spellcheck={false}
        />
        <Checkboxes
          name="roles"
          legend={t('parties.invite.roles')}
          values={typeof chosen === 'string' ? [chosen] : chosen}
          items={roles.map((role) => ({
            value: role,
            text: t(`parties.role.${role}.name`),
            hint: t(`parties.role.${role}.does`),
          }))}
          error={errors['roles']}
        />
        <Button>{t('parties.invite.go')}</Button>
      </form>
    </StaffPage>
  )
}
