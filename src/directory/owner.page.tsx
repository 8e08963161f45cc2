import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { members } from '#parties'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, PageHeading, Radios, StaffPage } from '#platform/ui'
import { ownEntry } from './entry.page.tsx'
import { paths, routePaths } from './paths.ts'
import type { ServiceDetail } from './service.ts'
import { setOwner } from './upkeep.actions.ts'
import { keeperOf } from './upkeep.store.ts'

const everybody = 'everybody'
const Form = z.object({ owner: z.union([z.literal(everybody), z.uuid()], 'directory.owner.choose') })

export const ownerPage = new Hono<MemberEnv>()

/** Who keeps an entry right, and is asked by mail whether it still is. */
ownerPage.get(routePaths.owner, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const { ownerId } = await keeperOf(c.var.db, service.id)
  return c.html(await ownerView(c, service, ownerId ?? everybody, {}))
})

ownerPage.post(routePaths.owner, needs('directory:edit'), async (c) => {
  const { db, actor } = c.var
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const form = await readForm(c, Form)
  const chosen = form.ok ? form.data.owner : null
  const known = chosen === everybody || (await editorsOf(c)).some((each) => each.accountId === chosen)
  if (chosen === null || !known)
    return c.html(await ownerView(c, service, undefined, { owner: c.var.t('directory.owner.choose') }), 422)
  const done = await setOwner(db, actor, service.id, chosen === everybody ? null : chosen)
  return 'refused' in done ? notFound(c) : c.redirect(paths.entry(service.id), 303)
})

async function editorsOf({ var: { db, actor } }: Context<MemberEnv>) {
  return (await members(db, actor)).filter((each) => each.roles.includes('directory-editor'))
}

async function ownerView(
  c: Context<MemberEnv>,
  service: ServiceDetail,
  value: string | undefined,
  errors: Readonly<Record<string, string>>,
) {
  const { t, actor, nav } = c.var
  const editors = await editorsOf(c)
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.editor}
      title={t('directory.owner.title')}
      back={paths.entry(service.id)}
      errors={errors}
    >
      <PageHeading caption={service.name}>{t('directory.owner.title')}</PageHeading>
      <p class="govuk-body">{t('directory.owner.lead', { agency: actor.agencyName })}</p>
      <form method="post" action={paths.owner(service.id)}>
        <Radios
          name="owner"
          legend={t('directory.owner.question')}
          value={value}
          error={errors['owner']}
          items={[
            ...editors.map((each) => ({
              value: each.accountId,
              text: each.card.name,
              ...(each.card.title === '' ? {} : { hint: each.card.title }),
            })),
            { value: everybody, text: t('directory.owner.everybody') },
          ]}
        />
        <Button>{t('directory.owner.save')}</Button>
      </form>
    </StaffPage>
  )
}
