import { type Context, Hono } from 'hono'
import { z } from 'zod'

import {
  type CaseCells,
  casePath,
  colleaguesOf,
  excludedFrom,
  fileOf,
  Refused,
  roleSources,
  subjectOf,
  TaskFrame,
} from '#people'
import { mayDo } from '#platform/access'
import {
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Button, Checkboxes, InsetText, Radios, Select } from '#platform/ui'

import { relations } from './link.ts'
import { likelyRelation } from './link.rules.ts'
import { giveOwnFile } from './own-file.actions.ts'
import { familyPath, paths } from './paths.ts'
import { typedAgain } from './typed.view.ts'

const Form = z
  .object({
    relation: z.enum(relations),
    source: z.enum(roleSources).default('said-so'),
    zone: z.enum(['together', 'separate'], 'family.own.zone-missing'),
    team: z.array(z.uuid()).max(50).default([]),
  })
  .refine((form) => form.zone === 'together' || form.team.length > 0, {
    path: ['team'],
    message: 'family.own.team-missing',
  })

/** Giving a person of a case a file, a key and a zone of their own. */
export function ownFilePage(cells: readonly CaseCells[]): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.own, needs('case:write'), (c) => show(c, {}, {}, null))
  page.post(paths.own, needs('case:write'), async (c) => {
    const form = await readForm(c, Form)
    if (!form.ok) return show(c, form.errors, form.values, null)
    const { db, actor, t } = c.var
    const at = { caseId: c.req.param('id'), cardId: c.req.param('card') }
    const since = Temporal.Now.plainDateISO(t.timeZone).toString()
    const done = await giveOwnFile(db, actor, at, { ...form.data, since }, cells)
    if ('refused' in done) {
      if (done.refused === 'no-case' || done.refused === 'no-card') return notFound(c)
      return show(c, {}, typedAgain(form.data), t(`family.refused.${done.refused}`))
    }
    if (!done.mine) return c.redirect(`${familyPath('family', at.caseId)}?done=apart`, 303)
    return c.redirect(`${casePath('case', done.caseId)}?saved=1`, 303)
  })
  return page
}

async function show(c: Context<MemberEnv>, errors: FieldErrors, values: FormValues, refused: string | null) {
  const file = await fileOf(c)
  const card = file?.cards.find((each) => each.id === c.req.param('card'))
  if (file === null || card === undefined) return notFound(c)
  const { db, actor, t } = c.var
  const excluded = await excludedFrom(db, actor.partyId, file.caseId)
  const workers = (await colleaguesOf(db, actor)).filter(
    (each) => mayDo(each.roles, 'case:write') && !excluded.includes(each.accountId),
  )
  const name = card.name === '' ? t('people.no-name') : card.name
  const chosen = [values['team'] ?? []].flat()
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('family.own.title', { name })}
      lead={t('family.own.lead')}
      back={{ href: familyPath('family', file.caseId), text: t('family.title') }}
      errors={errors}
    >
      {refused === null ? null : <Refused>{refused}</Refused>}
      <InsetText>{t('family.own.copies')}</InsetText>
      <form method="post" action={familyPath('own', file.caseId, card.id)} novalidate>
        <Select
          name="relation"
          label={t('family.own.relation', { name })}
          value={textOf(values, 'relation') || likelyRelation(card, subjectOf(file.cards))}
          items={relations.map((value) => ({ value, text: t(`family.relation.${value}`) }))}
        />
        <Select
          name="source"
          label={t('family.own.source')}
          value={textOf(values, 'source') || card.roleSource}
          items={roleSources.map((value) => ({ value, text: t(`people.source.${value}`) }))}
        />
        <Radios
          name="zone"
          legend={t('family.own.zone')}
          value={textOf(values, 'zone') || 'together'}
          error={errors['zone']}
          items={[
            { value: 'together', text: t('family.own.together'), hint: t('family.own.together-hint') },
            {
              value: 'separate',
              text: t('family.own.separate'),
              hint: t('family.own.separate-hint'),
              conditional: (
                <Checkboxes
                  name="team"
                  legend={t('family.own.team')}
                  error={errors['team']}
                  small
                  items={workers.map((each) => ({
                    value: each.accountId,
                    text: each.name,
                    hint: each.title,
                  }))}
                  values={chosen}
                />
              ),
            },
          ]}
        />
        <Button>{t('family.own.go')}</Button>
      </form>
    </TaskFrame>,
    refused !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
