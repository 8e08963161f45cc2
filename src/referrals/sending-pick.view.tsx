import { AboutText } from '#language'
import type { ServiceDetail } from '#directory'
import { ThroughNote } from '#people'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  type Choice,
  Details,
  type Errors,
  Input,
  InsetText,
  Select,
  TermNotes,
  WarningText,
} from '#platform/ui'
import {
  CaseFrame,
  type HeldItem,
  itemKey,
  itemKindIds,
  itemKindOf,
  InCourt,
  inEmergency,
  itemVerdicts,
  type ItemVerdict,
  type KeptRelease,
  kindOfRelease,
  nameToUse,
  releasePath,
  type Screen,
  type StoredRelease,
} from '#releases'

import { TriedSoFar } from './keeping.view.tsx'
import type { Desk } from './sending.actions.ts'
import { keptItems } from './sending.rules.ts'
import type { PickForm as Picks } from './sending.ts'
import { KindChoice } from './sending-kind.view.tsx'
import type { Tried } from './tried.actions.ts'
import { itemHint, itemLabel, RecipientRows, SendingSteps } from './sending.view.tsx'

interface PickProps {
  readonly screen: Screen
  readonly desk: Desk
  readonly service: ServiceDetail
  readonly kept: KeptRelease
  readonly stored: StoredRelease | null
  readonly shown: readonly HeldItem[]
  readonly errors: Errors
  readonly typed?: Picks | undefined
  /** A draft for the same service that was left half way. */
  readonly begun: string | null
  /** The earlier permission that this one is filled in from. */
  readonly like?: string | undefined
  /** What was tried already for the person. */
  readonly tried: readonly Tried[]
}

/** Kinds that come out of the case itself and are never typed here. */
const fromCase = new Set([
  'name-to-use',
  'safe-contact',
  'what-they-want',
  'matching-detail',
  'attendance',
  'helper-pointer',
])

/** To whom, and what goes along. */
export function PickPage(p: PickProps) {
  const { t } = p.screen
  const { kept, stored, desk } = p
  const to = kept.release.recipient.agency
  const known = new Set(p.shown.map((item) => item.key))
  const items = [...p.shown, ...keptItems(kept).filter((item) => !known.has(item.key))]
  const verdicts = verdictsFor(p, items)
  const picked = new Set(p.typed ? [...p.typed.pick, ...p.typed.more] : kept.release.items.map(itemKey))
  const emergency = kindOfRelease(kept.release) === 'emergency-contact'
  const open = items.filter(
    (item) => !isRefused(verdicts.get(item.key)) && (!emergency || inEmergency(item.kind)),
  )
  const first = open.filter((item) => item.start === 'chosen' || picked.has(item.key))
  const more = open.filter((item) => !first.includes(item))
  return (
    <CaseFrame
      screen={p.screen}
      caseId={desk.file.caseId}
      name={nameToUse(desk.file)}
      title={t('releases.sending.pick.title')}
      errors={p.errors}
    >
      <SendingSteps t={t} caseId={desk.file.caseId} releaseId={stored?.id ?? null} current="pick" />
      <RecipientRows t={t} service={p.service} to={to} />
      <ThroughNote t={t} file={desk.file} accountId={p.screen.actor.accountId} />
      {desk.context.rules.packMissing ? <InsetText>{t('releases.sending.pack-missing')}</InsetText> : null}
      <TriedSoFar t={t} tried={p.tried} />
      {p.like === undefined || stored !== null ? null : (
        <InsetText>{t('releases.sending.pick.filled', { to })}</InsetText>
      )}
      {p.begun === null ? null : (
        <InsetText>
          {t('releases.sending.pick.begun')}{' '}
          <a class="govuk-link" href={releasePath('send', desk.file.caseId, p.begun)}>
            {t('releases.sending.pick.go-on')}
          </a>
        </InsetText>
      )}
      <TermNotes t={t} terms={['referral', 'safety-plan', 'risk', 'client', 'treatment', 'advocate']} />
      <KindChoice {...p} />
      <PickForm {...p} first={first} more={more} verdicts={verdicts} picked={picked} />
    </CaseFrame>
  )
}

interface ListedProps extends PickProps {
  readonly first: readonly HeldItem[]
  readonly more: readonly HeldItem[]
  readonly verdicts: ReadonlyMap<string, ItemVerdict>
  readonly picked: ReadonlySet<string>
}

/** What can be ticked. Where nothing may go at all there is nothing to tick: the rule is said once. */
function PickForm(p: ListedProps) {
  const { t } = p.screen
  const { kept, stored, desk, first, more, verdicts } = p
  const [refusal] = verdicts.values()
  if (first.length + more.length === 0 && refusal !== undefined) {
    return (
      <>
        <WarningText>{whyNot(t, refusal)}</WarningText>
        <Button href={`/cases/${desk.file.caseId}/menu`} variant="secondary">
          {t('releases.sending.pick.other')}
        </Button>
      </>
    )
  }
  return (
    <form method="post" action={formPath(desk.file.caseId, stored)} novalidate id="form">
      <Hidden {...p} />
      <Checkboxes
        name="pick"
        legend={t('releases.sending.pick.legend')}
        legendSize="m"
        hint={t('releases.sending.pick.hint')}
        values={[...p.picked].filter((key) => first.some((item) => item.key === key))}
        error={p.errors['pick']}
        items={first.map((item) => choiceOf(t, item, verdicts, kept.release.recipient.agency))}
      />
      {more.length === 0 ? null : (
        <Checkboxes
          name="more"
          legend={t('releases.sending.pick.more')}
          legendSize="m"
          hint={t('releases.sending.pick.more-hint')}
          values={[]}
          items={more.map((item) => choiceOf(t, item, verdicts, kept.release.recipient.agency))}
        />
      )}
      <AddFields {...p} />
      <Input
        name="person"
        label={t('releases.sending.pick.person')}
        hint={t('releases.sending.pick.person-hint')}
        width={20}
        value={p.typed?.person ?? kept.release.recipient.person ?? ''}
        error={p.errors['person']}
      />
      <Units {...p} />
      <ButtonGroup>
        <Button name="step" value="on">
          {t('releases.sending.next')}
        </Button>
        <a class="govuk-link" href={`/cases/${desk.file.caseId}/menu`}>
          {t('releases.sending.pick.other')}
        </a>
      </ButtonGroup>
    </form>
  )
}

function formPath(caseId: string, stored: StoredRelease | null): string {
  return stored === null ? `/cases/${caseId}/referrals/new` : `/cases/${caseId}/referrals/new/${stored.id}`
}

function Hidden({ service, stored, kept, like }: PickProps) {
  return (
    <>
      <input type="hidden" name="service" value={service.id} />
      <input type="hidden" name="kind" value={kindOfRelease(kept.release)} />
      <input type="hidden" name="version" value={String(stored?.version ?? 0)} />
      {kept.ask === null ? null : <input type="hidden" name="ask" value={kept.ask} />}
      {kept.renews === null ? null : <input type="hidden" name="renew" value={kept.renews.release} />}
      {like === undefined || stored !== null ? null : <input type="hidden" name="like" value={like} />}
    </>
  )
}

/** Inside a large body the part counts: another part is another recipient. */
function Units({ screen: { t }, kept: { release }, typed, errors }: PickProps) {
  const { discloser, recipient } = release
  const [ours, theirs] = [typed?.unit ?? discloser.unit ?? '', typed?.['to-unit'] ?? recipient.unit ?? '']
  const wrong = errors['unit'] !== undefined || errors['to-unit'] !== undefined
  return (
    <Details summary={t('releases.sending.unit.title')} open={wrong || ours !== '' || theirs !== ''}>
      <Input
        name="unit"
        label={t('releases.sending.unit.ours')}
        hint={t('releases.sending.unit.hint')}
        width={20}
        value={ours}
        error={errors['unit']}
      />
      <Input
        name="to-unit"
        label={t('releases.sending.unit.theirs', { to: recipient.agency })}
        width={20}
        value={theirs}
        error={errors['to-unit']}
      />
    </Details>
  )
}

/** Something that the case does not hold: named, written down, with a reason where one is needed. */
function AddFields(p: ListedProps) {
  const { t } = p.screen
  const kinds = itemKindIds.filter((kind) => !fromCase.has(kind))
  const verdicts = itemVerdicts(
    p.kept.release,
    kinds.map((kind) => ({ kind, ref: 'added-1', title: t(`releases.item.${kind}`), reason: null })),
    p.desk.context,
  )
  const emergency = kindOfRelease(p.kept.release) === 'emergency-contact'
  const open = verdicts.filter((each) => !isRefused(each) && (!emergency || inEmergency(each.item.kind)))
  const shut = [...[...p.verdicts.values()].filter(isRefused), ...verdicts.filter(isRefused)]
  const typed = p.typed?.['add-words'] !== undefined && p.typed['add-words'] !== ''
  const wrong = ['add-kind', 'add-words', 'add-reason'].some((field) => p.errors[field] !== undefined)
  return (
    <>
      <Details summary={t('releases.sending.add.title')} open={wrong || typed}>
        <Select
          name="add-kind"
          label={t('releases.sending.add.kind')}
          value={p.typed?.['add-kind'] ?? ''}
          error={p.errors['add-kind']}
          items={[
            { value: '', text: t('releases.sending.add.nothing') },
            ...open.map(({ item }) => ({ value: item.kind, text: item.title })),
          ]}
        />
        <AboutText
          t={t}
          name="add-words"
          label={t('releases.sending.add.words')}
          hint={t('releases.sending.add.words-hint')}
          rows={4}
          value={p.typed?.['add-words'] ?? ''}
          error={p.errors['add-words']}
        />
        <Input
          name="add-reason"
          label={t('releases.sending.add.reason')}
          hint={t('releases.sending.add.reason-hint')}
          value={p.typed?.['add-reason'] ?? ''}
          error={p.errors['add-reason']}
        />
        {open.some(({ item }) => itemKindOf(item.kind).inCourt) ? (
          <InsetText>
            {t('releases.in-court-some', {
              things: t.list(
                open.filter(({ item }) => itemKindOf(item.kind).inCourt).map(({ item }) => item.title),
              ),
              to: p.kept.release.recipient.agency,
            })}
          </InsetText>
        ) : null}
        <Button name="step" value="add" variant="secondary">
          {t('releases.sending.add.add')}
        </Button>
      </Details>
      {shut.length === 0 ? null : (
        <Details summary={t('releases.sending.add.shut', { to: p.kept.release.recipient.agency })}>
          <ul class="govuk-list govuk-list--spaced">
            {shut.map((each) => (
              <li>
                <strong>{each.item.title}.</strong> {whyNot(t, each)}
              </li>
            ))}
          </ul>
        </Details>
      )}
    </>
  )
}

function verdictsFor(p: PickProps, items: readonly HeldItem[]): ReadonlyMap<string, ItemVerdict> {
  const named = items.map(({ kind, ref, title }) => ({ kind, ref, title, reason: null }))
  return new Map(
    itemVerdicts(p.kept.release, named, p.desk.context).map((verdict) => [itemKey(verdict.item), verdict]),
  )
}

function choiceOf(t: Words, item: HeldItem, verdicts: ReadonlyMap<string, ItemVerdict>, to: string): Choice {
  const verdict = verdicts.get(item.key)
  const needs = verdict?.verdict.outcome === 'needs' ? verdict.verdict.missing : []
  const more = (
    <>
      <InCourt t={t} kind={item.kind} to={to} />
      {needs.map((each) => (
        <div class="app-muted">
          {t('releases.sending.pick.needs', { what: t(each.key), rule: each.rule })}
        </div>
      ))}
    </>
  )
  return { value: item.key, text: itemLabel(item), hint: itemHint(item, more) }
}

function isRefused(each: ItemVerdict | undefined): boolean {
  const outcome = each?.verdict.outcome
  return outcome === 'forbidden' || outcome === 'forbidden-unless-order'
}

function whyNot(t: Words, { verdict }: ItemVerdict): string {
  const [rule = '', key = verdict.sentences[0] ?? ''] = [verdict.rules[0], verdict.sentences[0]]
  return t('releases.by-rule', { sentence: t(key), rule })
}
