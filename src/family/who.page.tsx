import { type Context, Hono } from 'hono'
import { z } from 'zod'

import {
  type CaseFile,
  fileOf,
  type OnNamed,
  readSheet,
  Refused,
  type Relationship,
  relationshipRoles,
  type Relationships,
  roleSources,
  saveSheet,
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
import type { Words } from '#platform/i18n'
import { Button, InsetText, Select, Table, Tag } from '#platform/ui'

import { familyPath, paths } from './paths.ts'
import { typedAgain } from './typed.view.ts'
import { addLine } from './who.actions.ts'
import { ended, isCounter } from './who.rules.ts'

const version = z.coerce.number().int().min(0).default(0)
const Add = z.object({
  who: z.uuid('family.who.who-missing'),
  role: z.enum(relationshipRoles, 'family.who.role-missing'),
  to: z.uuid('family.who.to-missing'),
  source: z.enum(roleSources).default('said-so'),
  version,
})
const End = z.object({ end: z.string().max(40), version })

/** What the people of a case are to each other, each line with its source and its days. */
export function whoPage(onNamed: OnNamed): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.who, needs('case:write'), (c) => show(c, {}, {}, null))
  page.post(paths.who, needs('case:write'), async (c) => {
    const { db, actor, t } = c.var
    const caseId = c.req.param('id')
    const since = Temporal.Now.plainDateISO(t.timeZone).toString()
    const end = await readForm(c, End)
    if (end.ok) {
      const file = await fileOf(c)
      if (file === null) return notFound(c)
      const lines = ended((await readSheet(db, file.key, 'relationships')) ?? [], end.data.end, since)
      const saved = await saveSheet(db, actor, { caseId, version: end.data.version }, 'relationships', [
        ...lines,
      ])
      return 'refused' in saved ? show(c, {}, {}, t('family.list-changed')) : back(c, caseId)
    }
    const form = await readForm(c, Add)
    if (!form.ok) return show(c, form.errors, form.values, null)
    const done = await addLine(
      db,
      actor,
      { caseId, version: form.data.version },
      { ...form.data, since },
      onNamed,
    )
    if (!('refused' in done)) return back(c, caseId)
    if (done.refused === 'no-case') return notFound(c)
    const said =
      done.refused === 'changed-meanwhile' ? 'family.list-changed' : `family.refused.${done.refused}`
    return show(c, {}, typedAgain(form.data), t(said))
  })
  return page
}

function back(c: Context<MemberEnv>, caseId: string) {
  return c.redirect(familyPath('who', caseId), 303)
}

async function show(c: Context<MemberEnv>, errors: FieldErrors, values: FormValues, refused: string | null) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { t, actor } = c.var
  const lines = (await readSheet(c.var.db, file.key, 'relationships')) ?? []
  const people = file.cards.map((card) => ({ value: card.id, text: nameIn(t, file, card.id) }))
  const counters = lines.filter((each) => isCounter(each, lines, file.cards))
  const choose = { value: '', text: t('family.who.choose') }
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('family.who.title')}
      lead={t('family.who.lead')}
      back={{ href: familyPath('family', file.caseId), text: t('family.title') }}
      errors={errors}
      wide
    >
      {refused === null ? null : <Refused>{refused}</Refused>}
      {counters.map((each) => (
        <Counter t={t} file={file} line={each} lead={mayDo(actor.roles, 'case:lead')} />
      ))}
      {lines.length === 0 ? null : <Lines t={t} file={file} lines={lines} counters={counters} />}
      {people.length < 2 ? (
        <p class="govuk-body">{t('family.who.two')}</p>
      ) : (
        <form method="post" action={familyPath('who', file.caseId)} novalidate>
          <h2 class="govuk-heading-m">{t('family.who.add')}</h2>
          <input type="hidden" name="version" value={String(file.sheets.relationships.version)} />
          <Select
            name="who"
            label={t('family.who.who')}
            value={textOf(values, 'who')}
            error={errors['who']}
            items={[choose, ...people]}
          />
          <Select
            name="role"
            label={t('family.who.role')}
            value={textOf(values, 'role')}
            error={errors['role']}
            items={[
              choose,
              ...relationshipRoles.map((value) => ({ value, text: t(`family.who.role-${value}`) })),
            ]}
          />
          <Select
            name="to"
            label={t('family.who.to')}
            value={textOf(values, 'to')}
            error={errors['to']}
            items={[choose, ...people]}
          />
          <Select
            name="source"
            label={t('family.own.source')}
            value={textOf(values, 'source')}
            items={roleSources.map((value) => ({ value, text: t(`people.source.${value}`) }))}
          />
          <Button>{t('family.who.go')}</Button>
        </form>
      )}
    </TaskFrame>,
    refused !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}

/** Both accounts stand, and what the review found, or that it is still to come. */
function Counter(p: {
  readonly t: Words
  readonly file: CaseFile
  readonly line: Relationship
  readonly lead: boolean
}) {
  const { t, line } = p
  const names = { who: nameIn(t, p.file, line.who), to: nameIn(t, p.file, line.to) }
  if (line.review !== null) {
    const said = {
      date: t.date(line.review.on),
      specialist: line.review.specialist,
      words: line.review.words,
    }
    return (
      <InsetText>
        {t('family.review.done', said)} {t(`family.review.outcome-${line.review.outcome}`)}
      </InsetText>
    )
  }
  return (
    <InsetText>
      <p class="govuk-body">{t('family.review.waits', names)}</p>
      {p.lead ? (
        <a class="govuk-link" href={familyPath('review', p.file.caseId, line.id)}>
          {t('family.review.title')}
        </a>
      ) : (
        t('family.review.ask-lead')
      )}
    </InsetText>
  )
}

function Lines(p: {
  readonly t: Words
  readonly file: CaseFile
  readonly lines: Relationships
  readonly counters: Relationships
}) {
  const { t, file } = p
  return (
    <Table
      caption={t('family.who.caption')}
      head={[t('family.who.line'), t('family.table.source'), t('family.who.ends')]}
      rows={p.lines.map((each) => [
        <>
          {lineText(t, file, each)}{' '}
          {p.counters.includes(each) ? <Tag colour="orange">{t('family.review.tag')}</Tag> : null}
        </>,
        t('family.source-since', {
          source: t(`people.source.${each.source}`),
          date: t.shortDate(each.since),
        }),
        each.until !== '' ? (
          t('family.who.ended', { date: t.shortDate(each.until) })
        ) : (
          <form method="post" action={familyPath('who', file.caseId)}>
            <input type="hidden" name="version" value={String(file.sheets.relationships.version)} />
            <Button variant="secondary" name="end" value={each.id}>
              {t('family.who.end')} <span class="govuk-visually-hidden">{lineText(t, file, each)}</span>
            </Button>
          </form>
        ),
      ])}
    />
  )
}

/** One line as a sentence. */
export function lineText(t: Words, file: Pick<CaseFile, 'cards'>, line: Relationship): string {
  return t(`family.who.says-${line.role}`, { who: nameIn(t, file, line.who), to: nameIn(t, file, line.to) })
}

function nameIn(t: Words, file: Pick<CaseFile, 'cards'>, id: string): string {
  const name = file.cards.find((card) => card.id === id)?.name ?? ''
  return name === '' ? t('people.no-name') : name
}
