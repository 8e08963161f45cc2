import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { colleaguesOf, holdersOf } from '#people'
import { mayDo } from '#platform/access'
import {
  asTyped,
  type FieldErrors,
  type FormValues,
  listOf,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Button, Checkboxes, Radios } from '#platform/ui'

import { Frame } from './frame.view.tsx'
import { paths, threadPath } from './paths.ts'
import { threadFrom } from './step.ts'
import { outOfThread, saveTeam } from './team.actions.ts'
import type { ThreadRefusal } from './thread.ts'

const Form = z.object({
  owner: z.uuid('accountability.team.owner-missing'),
  team: z.array(z.string().max(40)).max(50).default([]),
  version: z.coerce.number().int().min(1),
})

export const teamPage = new Hono<MemberEnv>()

/** Who keeps the file, and who else sees it. Everybody else is locked out by a new key. */
teamPage.get(paths.team, needs('case:write'), (c) => show(c, null, {}, null))

teamPage.post(paths.team, needs('case:write'), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.values, form.errors, null)
  const at = { threadId: c.req.param('thread'), version: form.data.version }
  const wish = { ownerId: form.data.owner, team: form.data.team }
  const done = await saveTeam(c.var.db, c.var.actor, at, wish)
  if ('refused' in done)
    return done.refused === 'missing' ? notFound(c) : show(c, asTyped(form.data), {}, done)
  const mine = done.members.includes(c.var.actor.accountId)
  return c.redirect(mine ? `${threadPath('thread', at.threadId)}?saved=1` : paths.list, 303)
})

/** With `values`, what was ticked stands as it was; without, the team as it is. */
async function show(
  c: Context<MemberEnv>,
  values: FormValues | null,
  errors: FieldErrors,
  refusal: ThreadRefusal | null,
) {
  const thread = await threadFrom(c)
  if (thread === null) return notFound(c)
  const { db, actor, t } = c.var
  const holders = await holdersOf(db, actor.partyId, thread.id)
  const out = (await outOfThread(db, actor, thread)).filter((account) => account !== actor.accountId)
  const workers = (await colleaguesOf(db, actor)).filter(
    (each) => mayDo(each.roles, 'case:write') && !out.includes(each.accountId),
  )
  const items = workers.map((each) => ({ value: each.accountId, text: each.name, hint: each.title }))
  return c.html(
    <Frame
      screen={c.var}
      thread={thread}
      title={t('accountability.team.title')}
      lead={t('accountability.team.lead')}
      errors={errors}
      refusal={refusal}
    >
      <form method="post" action={threadPath('team', thread.id)} novalidate>
        <input type="hidden" name="version" value={String(thread.version)} />
        <Radios
          name="owner"
          legend={t('accountability.team.owner')}
          small
          items={items}
          value={values === null ? thread.ownerId : textOf(values, 'owner')}
          error={errors['owner']}
        />
        <Checkboxes
          name="team"
          legend={t('accountability.team.others')}
          hint={t('accountability.team.others-hint')}
          small
          items={items}
          values={values === null ? holders : listOf(values, 'team')}
        />
        <Button>{t('accountability.save')}</Button>
      </form>
    </Frame>,
    refusal !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
