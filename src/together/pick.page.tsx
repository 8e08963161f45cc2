import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { fileOf, TaskFrame } from '#people'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, Checkboxes, Select } from '#platform/ui'

import { paths, togetherPath } from './paths.ts'
import { beginAct, peopleFor, servicesFor } from './pick.actions.ts'
import type { NoAct } from './pick.rules.ts'

const Pick = z.object({
  person: z.array(z.uuid()).max(14),
  service: z.array(z.string().max(40)).max(14),
  joint: z.array(z.uuid()).max(14),
})
type Picks = z.output<typeof Pick>
const nothing: Picks = { person: [], service: [], joint: [] }

/** Several people of a family in one act: for each a service, and a permission of their own to be made with them. */
export const pickPage = new Hono<MemberEnv>()

pickPage.get(paths.pick, needs('release:write'), (c) => show(c, nothing, null))

pickPage.post(paths.pick, needs('release:write'), async (c) => {
  const form = await readForm(c, Pick)
  if (!form.ok) return show(c, nothing, { refused: 'nobody-picked', who: '' })
  const { person, service, joint } = form.data
  const wishes = person.flatMap((caseId, at) => {
    const chosen = service[at] ?? ''
    return chosen === '' ? [] : [{ caseId, service: chosen, joint: joint.includes(caseId) }]
  })
  const caseId = c.req.param('id')
  const begun = await beginAct(c.var.db, c.var.actor, c.var.t, caseId, wishes)
  if (!('refused' in begun)) return c.redirect(togetherPath('steps', caseId), 303)
  if (begun.refused === 'no-case') return notFound(c)
  return show(c, form.data, begun)
})

async function show(c: Context<MemberEnv>, picks: Picks, refused: NoAct | null) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const people = await peopleFor(db, actor, t, file)
  const services = await servicesFor(db, actor, people)
  const items = [
    { value: '', text: t('together.pick.nothing') },
    ...services.map((each) => ({
      value: each.id,
      text: t('together.pick.service-of', { service: each.name, organization: each.organizationName }),
    })),
  ]
  const about = Math.max(
    0,
    people.findIndex((each) => each.caseId === refused?.who),
  )
  const name = people[about]?.name ?? t('together.pick.somebody')
  const why = refused === null ? undefined : t(`together.refused.${refused.refused}`, { name })
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('together.pick.title')}
      lead={t('together.pick.lead')}
      back={{ href: togetherPath('steps', file.caseId), text: t('together.steps.title') }}
      errors={why === undefined ? {} : { [`service-${about + 1}`]: why }}
    >
      {people.length < 2 ? <p class="govuk-body">{t('together.pick.alone')}</p> : null}
      {people.length === 0 || services.length === 0 ? (
        <p class="govuk-body">{t('together.pick.no-service')}</p>
      ) : (
        <form method="post" action={togetherPath('pick', file.caseId)} novalidate>
          {people.map((each, at) => (
            <>
              <input type="hidden" name="person" value={each.caseId} />
              <Select
                name="service"
                id={`service-${at + 1}`}
                label={t('together.pick.for', { name: each.name })}
                items={items}
                error={at === about ? why : undefined}
                value={picks.service[picks.person.indexOf(each.caseId)] ?? ''}
              />
            </>
          ))}
          {people.length < 2 ? null : (
            <Checkboxes
              name="joint"
              legend={t('together.pick.joint')}
              hint={t('together.pick.joint-hint')}
              small
              values={picks.joint}
              items={people.map((each) => ({ value: each.caseId, text: each.name }))}
            />
          )}
          <p class="govuk-hint">{t('together.pick.each-own')}</p>
          <Button>{t('together.pick.go')}</Button>
        </form>
      )}
    </TaskFrame>,
    refused === null ? 200 : 422,
  )
}
