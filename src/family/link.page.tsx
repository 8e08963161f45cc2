import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { fileOf, Refused, roleSources, searchNames, TaskFrame } from '#people'
import {
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Button, Input, Radios, Select } from '#platform/ui'

import { relations } from './link.ts'
import { linkFiles } from './link.actions.ts'
import { familyPath, paths } from './paths.ts'
import { typedAgain } from './typed.view.ts'

const Form = z.object({
  query: z.string().max(120).default(''),
  other: z.uuid('family.link.other-missing'),
  relation: z.enum(relations, 'family.link.relation-missing'),
  source: z.enum(roleSources).default('said-so'),
})

/** Linking this file with one there is already: first a search by name among the files the reader may see, then the link. */
export const linkPage = new Hono<MemberEnv>()

linkPage.get(paths.link, needs('case:write'), (c) => show(c, {}, { query: c.req.query('query') ?? '' }, null))

linkPage.post(paths.link, needs('case:write'), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.errors, form.values, null)
  const { db, actor, t } = c.var
  const { other, relation, source } = form.data
  const caseId = c.req.param('id')
  const since = Temporal.Now.plainDateISO(t.timeZone).toString()
  const done = await linkFiles(db, actor, { caseId, other }, { relation, source, since })
  if (!('refused' in done)) return c.redirect(`${familyPath('family', caseId)}?done=linked`, 303)
  if (done.refused === 'no-case') return notFound(c)
  return show(c, {}, typedAgain(form.data), t(`family.refused.${done.refused}`))
})

async function show(c: Context<MemberEnv>, errors: FieldErrors, values: FormValues, refused: string | null) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const query = textOf(values, 'query').slice(0, 120)
  const search = query === '' ? null : await searchNames(db, actor, { query })
  const ids = new Set<string>()
  const found = (search?.found ?? []).filter((each) => {
    const again = ids.has(each.caseId)
    ids.add(each.caseId)
    return !again && each.caseId !== file.caseId
  })
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('family.link.title')}
      lead={t('family.link.lead')}
      back={{ href: familyPath('family', file.caseId), text: t('family.title') }}
      errors={errors}
    >
      {refused === null ? null : <Refused>{refused}</Refused>}
      <form method="get" action={familyPath('link', file.caseId)}>
        <Input
          name="query"
          label={t('family.link.query')}
          value={query}
          width="two-thirds"
          spellcheck={false}
        />
        <Button variant="secondary">{t('family.link.find')}</Button>
      </form>
      {search === null ? null : found.length === 0 ? (
        <p class="govuk-body">{t('family.link.nobody')}</p>
      ) : (
        <form method="post" action={familyPath('link', file.caseId)} novalidate>
          <input type="hidden" name="query" value={query} />
          <Radios
            name="other"
            legend={t('family.link.other')}
            small
            value={textOf(values, 'other')}
            error={errors['other']}
            items={found.map((each) => ({
              value: each.caseId,
              text: each.name === '' ? t('people.no-name') : each.name,
              hint: t(`people.role.${each.role}`),
            }))}
          />
          <Radios
            name="relation"
            legend={t('family.link.relation')}
            small
            value={textOf(values, 'relation')}
            error={errors['relation']}
            items={relations.map((value) => ({ value, text: t(`family.relation.${value}`) }))}
          />
          <Select
            name="source"
            label={t('family.own.source')}
            value={textOf(values, 'source')}
            items={roleSources.map((value) => ({ value, text: t(`people.source.${value}`) }))}
          />
          <Button>{t('family.link.go')}</Button>
        </form>
      )}
    </TaskFrame>,
    refused !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
