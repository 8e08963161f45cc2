import type { Condition } from '#engine/space'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  DateInput,
  type DateValue,
  Details,
  Input,
  TextArea,
} from '#platform/ui'
import type { ConditionChoices } from './clause-form.rules.ts'
import { WhyField } from './edit-form.view.tsx'
import { EditorFrame, type Screen } from './editor-frame.view.tsx'
import { facetById, facets } from './facet.ts'
import { FacetFields } from './facet-fields.view.tsx'
import type { LookAnswer } from './look.ts'
import { LookFrame, LookResult } from './look.view.tsx'
import { paths } from './paths.ts'
import { exclusionsOf, sentenceOf } from './sentence.rules.ts'
import type { ServiceDetail, StoredThreshold } from './service.ts'
import { forbiddingRules } from './threshold.rules.ts'

/** The clause in the address, or a new one of the service. */
export interface AskedClause {
  readonly service: ServiceDetail
  readonly clause: StoredThreshold | null
}

/** Everything the form holds, as typed. */
export interface ShownClause {
  readonly sentence: string
  readonly soft: boolean
  readonly source: string
  readonly owner: string
  readonly reviewedOn: DateValue
  readonly why: string
  readonly choices: ConditionChoices
}

interface ViewProps {
  readonly screen: Screen
  readonly asked: AskedClause
  readonly shown: ShownClause
  readonly look: { readonly condition: Condition; readonly answer: LookAnswer } | null
  readonly errors: Readonly<Record<string, string>>
}

/** The editor of one clause. */
export function ClauseView({ screen, asked, shown, look, errors }: ViewProps) {
  const { t } = screen
  const { service, clause } = asked
  return (
    <EditorFrame
      screen={screen}
      title={t(clause === null ? 'directory.clause.new' : 'directory.clause.title')}
      caption={service.name}
      back={paths.entry(service.id)}
      errors={errors}
      wide
    >
      <p class="govuk-body-l">{t('directory.clause.lead')}</p>
      <form
        class="app-editor"
        method="post"
        action={paths.clause(service.id, clause?.position ?? 'new')}
        novalidate
      >
        <div class="app-editor__choose">
          <Choose t={t} asked={asked} choices={shown.choices} errors={errors} />
        </div>
        <div class="app-editor__look">
          <LookPart t={t} service={service} look={look} />
        </div>
        <div class="app-editor__rest">
          <Rest t={t} shown={shown} errors={errors} />
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
        </div>
      </form>
    </EditorFrame>
  )
}

interface ChooseProps {
  readonly t: Words
  readonly asked: AskedClause
  readonly choices: ConditionChoices
  readonly errors: Readonly<Record<string, string>>
}

/** The details that count, asked as questions; every other one a click away. */
function Choose({ t, asked, choices, errors }: ChooseProps) {
  const used = facets.filter(({ id }) => counts(choices, id))
  const others = facets.filter(({ id }) => !counts(choices, id))
  const { pack } = asked.service
  return (
    <>
      <h2 class="govuk-heading-m">{t('directory.clause.choose')}</h2>
      <p class="govuk-hint">{t('directory.clause.choose-hint')}</p>
      {used.length === 0 ? <p class="govuk-body">{t('directory.clause.nothing-chosen')}</p> : null}
      {used.map((facet) => (
        <FacetFields t={t} facet={facet} pack={pack} choices={choices} errors={errors} />
      ))}
      <Details summary={t('directory.clause.add')}>
        <p class="govuk-hint">{t('directory.clause.add-hint')}</p>
        {others.map((facet) => (
          <Details summary={facetById(facet.id, pack)?.label ?? facet.id}>
            <FacetFields t={t} facet={facet} pack={pack} choices={choices} errors={errors} />
          </Details>
        ))}
      </Details>
    </>
  )
}

function counts(choices: ConditionChoices, id: string): boolean {
  const range = choices.ranges[id]
  return (choices.chosen[id]?.length ?? 0) > 0 || (range !== undefined && range.from + range.to !== '')
}

interface LookPartProps extends Pick<ViewProps, 'look'> {
  readonly t: Words
  readonly service: ServiceDetail
}

/** What the choices say and do. With scripts it follows each choice; the button works without. */
function LookPart({ t, service, look }: LookPartProps) {
  return (
    <LookFrame t={t}>
      {look === null ? null : (
        <>
          <h3 class="govuk-heading-s">{t('directory.clause.made')}</h3>
          <p class="app-look__sentence" data-sentence>
            {sentenceOf(look.condition, service.pack)}
          </p>
          <ShutOut t={t} service={service} condition={look.condition} />
          <LookResult
            t={t}
            pack={service.pack}
            answer={look.answer}
            rules={forbiddingRules(look.condition, service.sector, service.pack)}
          />
        </>
      )}
    </LookFrame>
  )
}

function ShutOut({ t, service, condition }: Omit<LookPartProps, 'look'> & { readonly condition: Condition }) {
  const shut = exclusionsOf(condition, service.pack)
  if (shut.length === 0) return null
  return (
    <Details summary={t('directory.clause.shut-out')}>
      <ul class="govuk-list govuk-list--bullet">
        {shut.map(({ words }) => (
          <li>{words}</li>
        ))}
      </ul>
    </Details>
  )
}

function Rest({ t, shown, errors }: Pick<ViewProps, 'shown' | 'errors'> & { readonly t: Words }) {
  return (
    <>
      <TextArea
        name="sentence"
        label={t('directory.clause.sentence')}
        labelSize="m"
        hint={t('directory.clause.sentence-hint')}
        value={shown.sentence}
        error={errors['sentence']}
        rows={3}
      />
      <Button name="act" value="say" variant="secondary">
        {t('directory.clause.say')}
      </Button>
      <h2 class="govuk-heading-m">{t('directory.clause.details')}</h2>
      <Checkboxes
        name="soft"
        legend={t('directory.clause.soft')}
        legendHidden
        values={shown.soft ? ['yes'] : []}
        items={[{ value: 'yes', text: t('directory.clause.soft') }]}
      />
      <Input
        name="source"
        label={t('directory.clause.source')}
        hint={t('directory.clause.source-hint')}
        value={shown.source}
        error={errors['source']}
      />
      <Input
        name="owner"
        label={t('directory.clause.owner')}
        hint={t('directory.clause.owner-hint')}
        value={shown.owner}
        error={errors['owner']}
      />
      <DateInput
        name="reviewedOn"
        legend={t('directory.clause.reviewed-on')}
        value={shown.reviewedOn}
        error={errors['reviewedOn']}
      />
      <WhyField t={t} filled={{ values: { why: shown.why }, errors }} />
    </>
  )
}
