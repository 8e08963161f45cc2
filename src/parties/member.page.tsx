import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { roles } from '#platform/access'
import { type FieldErrors, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, Checkboxes, PageHeading, StaffPage, WarningText } from '#platform/ui'

import { letGo, type Member, members, setRoles } from './member.actions.ts'
import { paths, pathTo } from './paths.ts'

const Form = z.object({
  act: z.enum(['roles', 'remove']),
  roles: z.array(z.enum(roles)),
})

/** One colleague: what they may do, and letting them go. */
export const memberPage = new Hono<MemberEnv>()

memberPage.get(paths.member, needs('agency:admin'), async (c) => {
  const member = await memberOf(c)
  return member === null ? notFound(c) : c.html(<MemberView c={c} member={member} errors={{}} />)
})

memberPage.post(paths.member, needs('agency:admin'), async (c) => {
  const { db, actor, t } = c.var
  const member = await memberOf(c)
  if (member === null) return notFound(c)
  const form = await readForm(c, Form)
  if (!form.ok) return c.html(<MemberView c={c} member={member} errors={form.errors} />, 422)
  if (form.data.act === 'roles' && form.data.roles.length === 0) {
    return c.html(
      <MemberView c={c} member={member} errors={{ roles: t('parties.begin.roles-missing') }} />,
      422,
    )
  }
  const done =
    form.data.act === 'remove'
      ? await letGo(db, actor, member.accountId)
      : await setRoles(db, actor, member.accountId, form.data.roles)
  if ('refused' in done)
    return c.html(
      <MemberView c={c} member={member} errors={{ roles: t(`parties.member.${done.refused}`) }} />,
      409,
    )
  return c.redirect(paths.agency, 303)
})

async function memberOf(c: Context<MemberEnv, typeof paths.member>): Promise<Member | null> {
  const id = c.req.param('id')
  return (await members(c.var.db, c.var.actor)).find((member) => member.accountId === id) ?? null
}

function MemberView({
  c,
  member,
  errors,
}: {
  readonly c: Context<MemberEnv>
  readonly member: Member
  readonly errors: FieldErrors
}) {
  const { t, actor, nav } = c.var
  return (
    <StaffPage t={t} actor={actor} nav={nav} title={member.card.name} back={paths.agency} errors={errors}>
      <PageHeading>{member.card.name}</PageHeading>
      <form method="post" action={pathTo(paths.member, member.accountId)}>
        <Checkboxes
          name="roles"
          legend={t('parties.invite.roles')}
          values={[...member.roles]}
          items={roles.map((role) => ({
            value: role,
            text: t(`parties.role.${role}.name`),
            hint: t(`parties.role.${role}.does`),
          }))}
          error={errors['roles']}
        />
        <Button name="act" value="roles">
          {t('parties.member.save')}
        </Button>
        {member.accountId === actor.accountId ? null : (
          <>
            <h2 class="govuk-heading-m">{t('parties.member.remove')}</h2>
            <WarningText>{t('parties.member.remove-warning')}</WarningText>
            <Button name="act" value="remove" variant="warning">
              {t('parties.member.remove-go')}
            </Button>
          </>
        )}
      </form>
    </StaffPage>
  )
}
