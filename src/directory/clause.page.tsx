import { type Context, Hono } from 'hono'
import type { Words } from '#platform/i18n'
import { type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  Details,
  PageHeading,
  StaffPage,
  Table,
  TextArea,
} from '#platform/ui'
import { ClauseForm } from './editor.ts'
import { setClause } from './editor.actions.ts'
import { ownEntry } from './entry.page.tsx'
import { facets, facetWords } from './facet.ts'
import { paths, routePaths } from './paths.ts'
import type { ServiceDetail, StoredThreshold } from './service.ts'
import { conditionInWords, readConditionText } from './threshold.rules.ts'

export const clausePage = new Hono<MemberEnv>()

/** One clause of who a service is for: the sentence, and the condition that says the same. */
clausePage.get(routePaths.clause, needs('directory:edit'), async (c) => {
  const asked = await askedClause(c)
  if (asked === null) return notFound(c)
  const { clause } = asked
  const values: FormValues =
    clause === null
      ? { condition: '{}' }
      : {
          sentence: clause.sentence,
          condition: JSON.stringify(clause.condition, null, 1),
          ...(clause.soft ? { soft: ['yes'] } : {}),
        }
  return c.html(<ClauseView c={c} {...asked} values={values} errors={{}} />)
})

clausePage.post(routePaths.clause, needs('directory:edit'), async (c) => {
  const asked = await askedClause(c)
  if (asked === null) return notFound(c)
  const form = await readForm(c, ClauseForm)
  if (!form.ok) return c.html(<ClauseView c={c} {...asked} values={form.values} errors={form.errors} />, 422)
  const at = { serviceId: asked.service.id, position: asked.clause?.position ?? ('new' as const) }
  const done = await setClause(c.var.db, c.var.actor, at, form.data)
  if (!('refused' in done)) return c.redirect(paths.entry(asked.service.id), 303)
  if (done.refused !== 'condition-unreadable') return notFound(c)
  const errors = { condition: c.var.t('directory.clause.condition-wrong', { message: done.message }) }
  const { sentence, condition, soft } = form.data
  return c.html(<ClauseView c={c} {...asked} values={{ sentence, condition, soft }} errors={errors} />, 422)
})

interface Asked {
  readonly service: ServiceDetail
  readonly clause: StoredThreshold | null
}

async function askedClause(c: Context<MemberEnv>): Promise<Asked | null> {
  const service = await ownEntry(c)
  const position = c.req.param('position')
  if (service === null) return null
  if (position === 'new') return { service, clause: null }
  const clause = service.thresholds.find((each) => String(each.position) === position)
  return clause === undefined ? null : { service, clause }
}

function ClauseView({
  c,
  service,
  clause,
  values,
  errors,
}: Asked & {
  readonly c: Context<MemberEnv>
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}) {
  const { t, actor, nav } = c.var
  const title = t(clause === null ? 'directory.clause.new' : 'directory.clause.title')
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.editor}
      title={title}
      back={paths.entry(service.id)}
      errors={errors}
    >
      <PageHeading caption={service.name}>{title}</PageHeading>
      <p class="govuk-body">{t('directory.clause.lead')}</p>
      <ClauseFields t={t} service={service} clause={clause} values={values} errors={errors} />
      <FacetHelp c={c} pack={service.pack} />
    </StaffPage>
  )
}

function ClauseFields({
  t,
  service,
  clause,
  values,
  errors,
}: Asked & {
  readonly t: Words
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}) {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  const read = readConditionText(text('condition'))
  const words = read.ok ? conditionInWords(read.condition, service.pack) : []
  return (
    <form method="post" action={paths.clause(service.id, clause?.position ?? 'new')}>
      <TextArea
        name="sentence"
        label={t('directory.clause.sentence')}
        value={text('sentence')}
        error={errors['sentence']}
        rows={2}
      />
      <TextArea
        name="condition"
        label={t('directory.clause.condition')}
        hint={t('directory.clause.condition-hint')}
        value={text('condition')}
        error={errors['condition']}
        rows={8}
      />
      {read.ok ? (
        <p class="govuk-body">
          <strong>{t('directory.clause.reads')}:</strong>{' '}
          {words.length === 0 ? t('directory.clause.everybody') : words.join('. ')}
        </p>
      ) : null}
      <Checkboxes
        name="soft"
        legend={t('directory.clause.soft')}
        legendHidden
        values={[values['soft'] ?? []].flat()}
        items={[{ value: 'yes', text: t('directory.clause.soft') }]}
      />
      <ButtonGroup>
        <Button name="act" value="save">
          {t('directory.clause.save')}
        </Button>
        {clause === null ? null : (
          <Button name="act" value="remove" variant="warning">
            {t('directory.clause.remove')}
          </Button>
        )}
      </ButtonGroup>
    </form>
  )
}

function FacetHelp({ c, pack }: { readonly c: Context<MemberEnv>; readonly pack: 'uk' | 'us' }) {
  const { t } = c.var
  const rows = facetWords(pack).map((words) => {
    const facet = facets.find((each) => each.id === words.id)
    const values =
      facet?.kind === 'integer'
        ? `${t.number(facet.min)}–${t.number(facet.max)} (${words.unit ?? ''})`
        : words.values.map((each) => `${each.value}: ${each.text}`).join('; ')
    return [words.id, words.label, values]
  })
  return (
    <Details summary={t('directory.clause.facets')}>
      <p class="govuk-body">{t('directory.clause.example')}:</p>
      <pre class="app-record__text">{example}</pre>
      <Table caption={t('directory.clause.facets')} captionHidden head={['', '', '']} rows={rows} dense />
    </Details>
  )
}

const example = `{
 "who": ["child", "young-person"],
 "age": { "min": 60, "max": 215 },
 "severity": { "min": "moderate" },
 "agreement": { "not": ["none"] }
}`
