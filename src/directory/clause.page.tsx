import { type Context, Hono } from 'hono'
import type { Condition, Facet } from '#engine/space'
import type { Words } from '#platform/i18n'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  Details,
  Input,
  InsetText,
  PageHeading,
  StaffPage,
  TextArea,
} from '#platform/ui'
import { choicesOf, conditionOf, type ConditionChoices } from './clause-form.rules.ts'
import { choicesIn, ClauseForm } from './editor.ts'
import { setClause } from './editor.actions.ts'
import { ownEntry } from './entry.page.tsx'
import { facetById, facets, type Pack } from './facet.ts'
import { paths, routePaths } from './paths.ts'
import type { ServiceDetail, StoredThreshold } from './service.ts'
import { conditionInWords } from './threshold.rules.ts'

export const clausePage = new Hono<MemberEnv>()

/** One clause of who a service is for: the sentence, and the choices that say the same. */
clausePage.get(routePaths.clause, needs('directory:edit'), async (c) => {
  const asked = await askedClause(c)
  if (asked === null) return notFound(c)
  const { clause } = asked
  const shown = {
    sentence: clause?.sentence ?? '',
    soft: clause?.soft ?? false,
    choices: choicesOf(clause?.condition ?? {}),
  }
  return c.html(<ClauseView c={c} asked={asked} shown={shown} errors={{}} />)
})

clausePage.post(routePaths.clause, needs('directory:edit'), async (c) => {
  const asked = await askedClause(c)
  if (asked === null) return notFound(c)
  const form = await readForm(c, ClauseForm)
  const sent: Readonly<Record<string, unknown>> = form.ok ? form.data : form.values
  const shown = {
    sentence: typeof sent['sentence'] === 'string' ? sent['sentence'] : '',
    soft: [sent['soft']].flat().includes('yes'),
    choices: choicesIn(sent),
  }
  const again = (errors: Readonly<Record<string, string>>) =>
    c.html(
      <ClauseView c={c} asked={asked} shown={shown} errors={errors} />,
      Object.keys(errors).length > 0 ? 422 : 200,
    )
  if (!form.ok) return again(form.errors)
  const made = conditionOf(shown.choices, asked.clause?.condition ?? {})
  if (form.data.act !== 'remove' && !made.ok) {
    return again({ [`${made.end}-${made.facet}`]: c.var.t(`directory.clause.${made.rule}`) })
  }
  if (form.data.act === 'look') return again({})
  const at = { serviceId: asked.service.id, position: asked.clause?.position ?? ('new' as const) }
  const change =
    form.data.act === 'remove' || !made.ok
      ? ({ act: 'remove' } as const)
      : ({ act: 'save', sentence: shown.sentence, soft: shown.soft, condition: made.condition } as const)
  const done = await setClause(c.var.db, c.var.actor, at, change)
  return 'refused' in done ? notFound(c) : c.redirect(paths.entry(asked.service.id), 303)
})

interface Asked {
  readonly service: ServiceDetail
  readonly clause: StoredThreshold | null
}

interface Shown {
  readonly sentence: string
  readonly soft: boolean
  readonly choices: ConditionChoices
}

interface ViewProps {
  readonly c: Context<MemberEnv>
  readonly asked: Asked
  readonly shown: Shown
  readonly errors: Readonly<Record<string, string>>
}

async function askedClause(c: Context<MemberEnv>): Promise<Asked | null> {
  const service = await ownEntry(c)
  const position = c.req.param('position')
  if (service === null) return null
  if (position === 'new') return { service, clause: null }
  const clause = service.thresholds.find((each) => String(each.position) === position)
  return clause === undefined ? null : { service, clause }
}

function ClauseView({ c, asked, shown, errors }: ViewProps) {
  const { t, actor, nav } = c.var
  const { service, clause } = asked
  const title = t(clause === null ? 'directory.clause.new' : 'directory.clause.title')
  const made = conditionOf(shown.choices, clause?.condition ?? {})
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
      <form method="post" action={paths.clause(service.id, clause?.position ?? 'new')}>
        <TextArea
          name="sentence"
          label={t('directory.clause.sentence')}
          value={shown.sentence}
          error={errors['sentence']}
          rows={2}
        />
        {made.ok ? <InWords t={t} condition={made.condition} pack={service.pack} /> : null}
        <h2 class="govuk-heading-m">{t('directory.clause.choose')}</h2>
        <p class="govuk-hint">{t('directory.clause.choose-hint')}</p>
        {facets.map((facet) => (
          <FacetFields t={t} facet={facet} pack={service.pack} choices={shown.choices} errors={errors} />
        ))}
        <Checkboxes
          name="soft"
          legend={t('directory.clause.soft')}
          legendHidden
          values={shown.soft ? ['yes'] : []}
          items={[{ value: 'yes', text: t('directory.clause.soft') }]}
        />
        <ButtonGroup>
          <Button name="act" value="save">
            {t('directory.clause.save')}
          </Button>
          <Button name="act" value="look" variant="secondary">
            {t('directory.clause.look')}
          </Button>
          {clause === null ? null : (
            <Button name="act" value="remove" variant="warning">
              {t('directory.clause.remove')}
            </Button>
          )}
        </ButtonGroup>
      </form>
    </StaffPage>
  )
}

function InWords({
  t,
  condition,
  pack,
}: {
  readonly t: Words
  readonly condition: Condition
  readonly pack: Pack
}) {
  const words = conditionInWords(condition, pack)
  return (
    <InsetText>
      <strong>{t('directory.clause.reads')}:</strong>{' '}
      {words.length === 0 ? t('directory.clause.everybody') : `${words.join('. ')}.`}
    </InsetText>
  )
}

interface FacetProps {
  readonly t: Words
  readonly facet: Facet
  readonly pack: Pack
  readonly choices: ConditionChoices
  readonly errors: Readonly<Record<string, string>>
}

/** The answers of one facet; open where something is chosen. */
function FacetFields({ t, facet, pack, choices, errors }: FacetProps) {
  const words = facetById(facet.id, pack)
  if (words === null) return null
  if (facet.kind === 'integer') {
    const { from, to } = choices.ranges[facet.id] ?? { from: '', to: '' }
    const used = from !== '' || to !== ''
    const end = (name: 'from' | 'to', value: string) => (
      <Input
        name={`${name}-${facet.id}`}
        label={t(`directory.clause.${name}-${facet.id}`)}
        value={value}
        error={errors[`${name}-${facet.id}`]}
        width={5}
      />
    )
    return (
      <Details summary={summaryOf(t, words.label, used)} open={used}>
        {facet.id === 'age' ? <p class="govuk-hint">{t('directory.clause.age-hint')}</p> : null}
        {end('from', from)}
        {end('to', to)}
      </Details>
    )
  }
  const chosen = choices.chosen[facet.id] ?? []
  return (
    <Details summary={summaryOf(t, words.label, chosen.length > 0)} open={chosen.length > 0}>
      <Checkboxes
        name={`is-${facet.id}`}
        legend={words.label}
        legendHidden
        small
        values={chosen}
        error={errors[`is-${facet.id}`]}
        items={words.values}
      />
    </Details>
  )
}

function summaryOf(t: Words, label: string, used: boolean): string {
  return used ? `${label} (${t('directory.clause.counts')})` : label
}
