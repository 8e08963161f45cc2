import { randomUUID } from 'node:crypto'

import { needByCode, type ServiceDetail, type ServiceSummary } from '#directory'
import type { FormValues } from '#platform/http'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  Details,
  type Errors,
  Input,
  InsetText,
  WarningText,
} from '#platform/ui'
import { CaseFrame, heldItems, nameToUse, type Screen } from '#releases'

import { NotFor } from './not-for.view.tsx'
import type { Desk } from './sending.actions.ts'
import { facetsAsked } from './sending.rules.ts'
import { RecipientRows } from './sending.view.tsx'

/** From how many details on a picture can point to one person. */
const manyDetails = 5

interface AskProps {
  readonly screen: Screen
  readonly desk: Desk
  readonly service: ServiceDetail
  readonly to: string
  readonly errors: Errors
  readonly typed: FormValues | null
  /** Codes of what the person wants help with. */
  readonly codes: readonly string[]
  /** Partners who could say yes as well. */
  readonly others: readonly ServiceSummary[]
}

/** What would be asked, with the details that this service asks about ticked. */
export function AskPage(p: AskProps) {
  const { t } = p.screen
  const { desk, errors, codes } = p
  return (
    <CaseFrame
      screen={p.screen}
      caseId={desk.file.caseId}
      name={nameToUse(desk.file)}
      title={t('releases.asking.title')}
      errors={errors}
    >
      <p class="govuk-body-l">{t('releases.asking.lead', { to: p.to })}</p>
      <RecipientRows t={t} service={p.service} to={p.to} />
      <form method="post" action={`/cases/${desk.file.caseId}/referrals/ask`} novalidate>
        <input type="hidden" name="service" value={p.service.id} />
        <input type="hidden" name="once" value={textOf(p, 'once', '') || randomUUID()} />
        <Checkboxes
          name="here"
          legend={t('releases.asking.here-legend')}
          legendSize="m"
          values={listOf(p, 'here', [])}
          small
          items={[{ value: 'yes', text: t('releases.asking.here'), hint: t('releases.asking.here-hint') }]}
        />
        <Picture {...p} />
        {codes.length === 0 ? null : (
          <Checkboxes
            name="need"
            legend={t('releases.asking.needs')}
            legendSize="m"
            values={listOf(p, 'need', codes)}
            small
            items={codes.map((code) => ({ value: code, text: needByCode(code)?.label ?? code }))}
          />
        )}
        <Input
          name="name"
          label={t('releases.asking.name')}
          width={20}
          value={textOf(p, 'name', p.screen.actor.displayName)}
          error={errors['name']}
        />
        <Input
          name="phone"
          label={t('releases.asking.phone')}
          width={20}
          type="tel"
          value={textOf(p, 'phone', desk.own.publicPhone)}
        />
        <Others {...p} />
        <NotFor t={t} to={p.to} typed={textOf(p, 'not-for', '')} error={errors['not-for']} />
        <InsetText>{t('releases.asking.nobody')}</InsetText>
        <ButtonGroup>
          <Button>{t('releases.asking.go')}</Button>
          <a class="govuk-link" href={`/cases/${desk.file.caseId}/menu`}>
            {t('releases.sending.pick.other')}
          </a>
        </ButtonGroup>
      </form>
    </CaseFrame>
  )
}

function Picture(p: AskProps) {
  const { t } = p.screen
  const wanted = facetsAsked(p.service)
  const details = heldItems(t, p.desk.file, wanted).filter((item) => item.kind === 'matching-detail')
  if (details.length === 0) return null
  const ref = (item: (typeof details)[number]) => item.ref ?? ''
  return (
    <>
      <Checkboxes
        name="facet"
        legend={t('releases.asking.details')}
        legendSize="m"
        hint={t('releases.asking.details-hint')}
        values={listOf(
          p,
          'facet',
          details.map(ref).filter((id) => wanted.has(id)),
        )}
        error={p.errors['facet']}
        small
        items={details.map((item) => ({ value: ref(item), text: item.title, hint: item.text }))}
      />
      {details.length >= manyDetails ? <WarningText>{t('releases.asking.many')}</WarningText> : null}
    </>
  )
}

/** Several services at once: each hears only what it asks about itself, and nothing of the others. */
function Others(p: AskProps) {
  const { t } = p.screen
  const chosen = listOf(p, 'also', [])
  if (p.others.length === 0) return null
  return (
    <Details summary={t('releases.asking.also')} open={chosen.length > 0}>
      <Checkboxes
        name="also"
        legend={t('releases.asking.also-legend')}
        hint={t('releases.asking.also-hint')}
        values={chosen}
        error={p.errors['also']}
        small
        items={p.others.map((each) => ({ value: each.id, text: each.name, hint: each.organizationName }))}
      />
    </Details>
  )
}

function listOf(p: Pick<AskProps, 'typed'>, name: string, start: readonly string[]): readonly string[] {
  return p.typed === null ? start : [p.typed[name] ?? []].flat()
}

function textOf(p: Pick<AskProps, 'typed'>, name: string, start: string): string {
  return p.typed === null ? start : ([p.typed[name] ?? ''].flat()[0] ?? '')
}
