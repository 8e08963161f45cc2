import { AboutText } from '#language'
import type { ServiceDetail } from '#directory'
import type { FormValues } from '#platform/http'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  DateInput,
  Details,
  type Errors,
  Input,
  InsetText,
  Radios,
  Select,
} from '#platform/ui'
import {
  CaseFrame,
  comesBackIds,
  endFor,
  identities,
  isAboutAChild,
  isConfirmable,
  itemVerdicts,
  type KeptRelease,
  nameToUse,
  RecipientWarning,
  releasePath,
  kindOfRelease,
  rightsSaid,
  type Screen,
  spokenAllowed,
  type StoredRelease,
} from '#releases'

import type { Desk } from './sending.actions.ts'
import { boxesOf } from './sending-end.rules.ts'
import { possibleGuardians } from './sending.rules.ts'
import { talkedSteps } from './sending.ts'
import { SendingSteps, Wait } from './sending.view.tsx'

interface TalkProps {
  readonly screen: Screen
  readonly desk: Desk
  readonly stored: StoredRelease
  readonly kept: KeptRelease
  readonly service: ServiceDetail
  readonly errors: Errors
  /** What was typed, when something was wrong with it; null: what is kept. */
  readonly values: FormValues | null
}

/** Talking it through: everything that the person hears before signing stands on this page. */
export function TalkPage(p: TalkProps) {
  const { t } = p.screen
  const { kept, desk, stored } = p
  const to = kept.release.recipient.agency
  const { caseId } = desk.file
  return (
    <CaseFrame
      screen={p.screen}
      caseId={caseId}
      name={nameToUse(desk.file)}
      title={t('releases.sending.talk.title')}
      back={{ href: releasePath('draft', caseId, stored.id), text: t('releases.sending.step.pick') }}
      errors={p.errors}
    >
      <SendingSteps t={t} caseId={caseId} releaseId={stored.id} current="talk" />
      <p class="govuk-body-l" id="form">
        {t('releases.sending.talk.lead', { to })}
      </p>
      <form method="post" action={releasePath('talk', caseId, stored.id)} novalidate>
        <input type="hidden" name="version" value={String(stored.version)} />
        <AboutText
          t={t}
          name="purpose"
          label={t('releases.sending.talk.purpose')}
          labelSize="m"
          hint={t('releases.sending.talk.purpose-hint')}
          rows={3}
          value={textOf(p, 'purpose', kept.release.purpose)}
          error={p.errors['purpose']}
        />
        <h2 class="govuk-heading-m">{t('releases.sending.talk.they', { to })}</h2>
        <RecipientWarning t={t} kept={kept}>
          <p class="govuk-body">{t('releases.turn.redisclosure')}</p>
        </RecipientWarning>
        <HowLong {...p} />
        <Radios
          name="back"
          legend={t('releases.sending.talk.back', { to })}
          legendSize="m"
          hint={t('releases.sending.talk.back-hint')}
          value={textOf(p, 'back', kept.release.mayComeBack)}
          error={p.errors['back']}
          small
          items={comesBackIds.map((value) => ({ value, text: t(`releases.comes-back.${value}`) }))}
        />
        {isAboutAChild(desk.file) ? <YoungFields {...p} /> : null}
        <TalkedFields {...p} />
        <HowRead {...p} />
        <ButtonGroup>
          <Button name="next" value="turn">
            {t('releases.sending.talk.next')}
          </Button>
          <Button name="next" value="apart" variant="secondary">
            {t('releases.apart.link')}
          </Button>
          {spokenAllowed(kept, desk.context.rules).allowed ? (
            <Button name="next" value="spoken" variant="secondary">
              {t('releases.spoken.link')}
            </Button>
          ) : null}
        </ButtonGroup>
        <p class="govuk-hint">{t('releases.sending.talk.next-hint')}</p>
      </form>
    </CaseFrame>
  )
}

/** The wait as told and the end of the permission, side by side: what does not fit together is said. */
function HowLong(p: TalkProps) {
  const { t } = p.screen
  const { kept, desk } = p
  const end = endFor(kept.release, kept.wait.days, desk.context)
  const until = kept.talked ? new Date(kept.release.endsAt) : end.endsAt
  const typed = p.values === null ? boxesOf(until, t.timeZone) : boxesTyped(p.values)
  return (
    <>
      <h2 class="govuk-heading-m">{t('releases.sending.talk.how-long')}</h2>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-one-half">
          <p class="govuk-body">
            <strong>{t('releases.sending.wait')}</strong>
            <br />
            <Wait t={t} service={p.service} />
          </p>
          <p class="govuk-hint">
            {end.coversWait ? t('releases.sending.talk.covers') : t('releases.sending.talk.covers-not')}
          </p>
        </div>
        <div class="govuk-grid-column-one-half">
          <DateInput
            name="until"
            legend={t('releases.sending.talk.until')}
            hint={t('releases.sending.talk.until-hint', { date: t.date(end.latest) })}
            value={typed}
            error={p.errors['until']}
          />
        </div>
      </div>
      {kindOfRelease(kept.release) === 'emergency-contact' ? null : (
        <Radios
          name="work"
          legend={t('releases.sending.talk.work')}
          value={textOf(p, 'work', kept.release.work)}
          error={p.errors['times']}
          small
          inline
          items={(['hand-over', 'joint-work'] as const).map((value) => ({
            value,
            text: t(`releases.sending.talk.works.${value}`),
          }))}
        />
      )}
    </>
  )
}

function TalkedFields(p: TalkProps) {
  const { t } = p.screen
  const { release } = p.kept
  const confirmed = [
    ...(release.shown.mayWithdraw ? ['read-out'] : []),
    ...(release.talked.risksAndBenefits ? ['risks'] : []),
    ...(release.talked.otherWays ? ['other-ways'] : []),
    ...(release.signerSafe === null ? [] : ['signer-safe']),
  ]
  const wanted = needed(p)
  return (
    <>
      <h2 class="govuk-heading-m">{t('releases.sending.talk.say')}</h2>
      <InsetText>
        <ul class="govuk-list govuk-list--bullet">
          {rightsSaid(t, release).map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      </InsetText>
      <Checkboxes
        name="talked"
        legend={t('releases.sending.talk.done')}
        values={listOf(p, 'talked', confirmed)}
        error={p.errors['talked']}
        items={talkedSteps.map((value) => ({ value, text: t(`releases.sending.talk.steps.${value}`) }))}
      />
      {wanted.length === 0 ? null : (
        <Checkboxes
          name="steps"
          legend={t('releases.sending.talk.also')}
          values={listOf(
            p,
            'steps',
            release.steps.map((each) => each.step),
          )}
          error={p.errors['steps']}
          items={wanted.map((each) => ({
            value: each.need,
            text: t(each.key),
            hint: t('releases.sending.talk.rule', { rule: each.rule }),
          }))}
        />
      )}
    </>
  )
}

/** Who signs for somebody under eighteen; nobody whom the case names as causing harm is on the list. */
function YoungFields(p: TalkProps) {
  const { t } = p.screen
  const { subject } = p.kept.release
  const guardians = possibleGuardians(p.desk.file, p.desk.context)
  return (
    <>
      <Radios
        name="young"
        legend={t('releases.sending.talk.young')}
        legendSize="m"
        value={textOf(p, 'young', subject.tooYoung ? 'too-young' : 'signs')}
        error={p.errors['young']}
        items={(['signs', 'too-young'] as const).map((value) => ({
          value,
          text: t(`releases.sending.talk.youngs.${value}`),
        }))}
      />
      <Select
        name="guardian"
        label={t('releases.sending.talk.guardian')}
        hint={t('releases.sending.talk.guardian-hint')}
        value={textOf(p, 'guardian', p.kept.signers.find((each) => each.as === 'guardian')?.personRef ?? '')}
        error={p.errors['guardian']}
        items={[
          { value: '', text: t('releases.sending.talk.guardian-none') },
          ...guardians.map((card) => ({ value: card.id, text: card.name })),
        ]}
      />
      <Input
        name="authority"
        label={t('releases.sending.talk.authority')}
        hint={t('releases.sending.talk.authority-hint')}
        value={textOf(p, 'authority', p.kept.signers.find((each) => each.as === 'guardian')?.authority ?? '')}
        error={p.errors['authority']}
      />
    </>
  )
}

function HowRead(p: TalkProps) {
  const { t } = p.screen
  const { release } = p.kept
  const wrong = p.errors['interpreter'] !== undefined || p.errors['language'] !== undefined
  return (
    <Details summary={t('releases.sending.talk.how-read')} open={wrong}>
      <Select
        name="reading"
        label={t('releases.sending.talk.reading')}
        value={textOf(p, 'reading', release.reading)}
        items={(['read-aloud', 'read-themself', 'read-with-support'] as const).map((value) => ({
          value,
          text: t(`releases.sending.talk.readings.${value}`),
        }))}
      />
      <Input
        name="language"
        label={t('releases.sending.talk.language')}
        width={10}
        value={textOf(p, 'language', release.language)}
        error={p.errors['language']}
      />
      <Input
        name="interpreter"
        label={t('releases.sending.talk.interpreter')}
        hint={t('releases.sending.talk.interpreter-hint')}
        width={20}
        value={textOf(p, 'interpreter', release.interpreter?.name ?? '')}
        error={p.errors['interpreter']}
      />
      <Radios
        name="relation"
        legend={t('releases.sending.talk.relation')}
        value={textOf(p, 'relation', release.interpreter?.familyOrFriend === true ? 'family' : 'none')}
        small
        inline
        items={(['none', 'family'] as const).map((value) => ({
          value,
          text: t(`releases.sending.talk.relations.${value}`),
        }))}
      />
      <Radios
        name="identity"
        legend={t('releases.one.identity')}
        value={textOf(p, 'identity', release.identity)}
        small
        items={identities.map((value) => ({ value, text: t(`releases.sending.talk.identities.${value}`) }))}
      />
    </Details>
  )
}

/** What the rules still ask for and a worker can settle by doing it. */
function needed(p: TalkProps) {
  const missing = itemVerdicts(
    { ...p.kept.release, steps: [] },
    p.kept.release.items,
    p.desk.context,
  ).flatMap(({ verdict }) => (verdict.outcome === 'needs' ? verdict.missing : []))
  const open = missing.filter((each) => isConfirmable(each.need))
  return open.filter((each, at) => open.findIndex((other) => other.need === each.need) === at)
}

function textOf(p: Pick<TalkProps, 'values'>, field: string, kept: string): string {
  const typed = p.values?.[field]
  if (p.values === null) return kept
  return typeof typed === 'string' ? typed : ''
}

function listOf(p: Pick<TalkProps, 'values'>, field: string, kept: readonly string[]): readonly string[] {
  if (p.values === null) return kept
  return [p.values[field] ?? []].flat()
}

function boxesTyped(values: FormValues) {
  const box = (part: string) => [values[`until-${part}`] ?? ''].flat()[0] ?? ''
  return { day: box('day'), month: box('month'), year: box('year') }
}
