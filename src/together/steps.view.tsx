import type { Words } from '#platform/i18n'
import { Button, type Content, Tag, type TagColour } from '#platform/ui'
import { NotFor, stateTag, threadPath } from '#referrals'
import { releasePath } from '#releases'

import { togetherPath } from './paths.ts'
import { stagesOf } from './sequence.rules.ts'
import type { SeenStep } from './steps.actions.ts'
import type { Wait } from './step.ts'

const colours: Readonly<Record<string, TagColour>> = {
  talk: 'orange',
  sign: 'orange',
  ready: 'green',
  'put-away': 'grey',
}

/** How far one step is, as a word and a colour; once it went, where its referral stands. */
export function stageTag(t: Words, { stage, thread }: Pick<SeenStep, 'stage' | 'thread'>) {
  if (thread !== null) return stateTag(t, { ...thread, answered: false })
  return <Tag colour={colours[stage] ?? 'blue'}>{t(`together.stage.${stage}`)}</Tag>
}

/** The steps of one act, stage by stage. */
export function Act(p: { readonly t: Words; readonly steps: readonly SeenStep[] }) {
  const { t } = p
  const stages = stagesOf(p.steps.map((seen) => ({ id: seen.step.id, wait: seen.step.wait, seen })))
  return (
    <ol class="govuk-list govuk-list--number govuk-list--spaced">
      {stages.map((stage) => (
        <li>
          {stage.length > 1 ? <p class="govuk-body app-muted">{t('together.steps.side-by-side')}</p> : null}
          {stage.map(({ seen }) => (
            <OneStep t={t} seen={seen} steps={p.steps} />
          ))}
        </li>
      ))}
    </ol>
  )
}

function OneStep(p: { readonly t: Words; readonly seen: SeenStep; readonly steps: readonly SeenStep[] }) {
  const { t, seen } = p
  const { step } = seen
  const order = orderText(t, seen, p.steps)
  const beside = p.steps.filter((each) => step.dyad !== null && each.step.dyad === step.dyad && each !== seen)
  return (
    <div class="govuk-!-margin-bottom-4">
      <p class="govuk-body govuk-!-margin-bottom-1">
        <strong>{seen.name}</strong>, {step.service.name} {stageTag(t, seen)}
      </p>
      {beside.length === 0 ? null : (
        <p class="govuk-body govuk-!-margin-bottom-1">
          {t('together.steps.beside', { names: t.list(beside.map((each) => each.name)) })}
        </p>
      )}
      {order === '' ? null : <p class="govuk-body govuk-!-margin-bottom-1">{order}</p>}
      <p class="govuk-body">
        {nextLink(t, seen)} {' · '}
        <a class="govuk-link" href={togetherPath('step', step.caseId, step.id)}>
          {t('together.steps.order')} <span class="govuk-visually-hidden">{seen.name}</span>
        </a>
        {step.dyad === null || seen.thread === null || beside.length === 0 ? null : (
          <>
            {' · '}
            <a class="govuk-link" href={togetherPath('introduction', step.caseId, step.id)}>
              {t('together.steps.introduction')} <span class="govuk-visually-hidden">{seen.name}</span>
            </a>
            {' · '}
            <a class="govuk-link" href={togetherPath('session', step.caseId, step.id)}>
              {t('together.steps.session')} <span class="govuk-visually-hidden">{seen.name}</span>
            </a>
          </>
        )}
      </p>
    </div>
  )
}

/** What is next for one step: whose page it is, and what happens there. */
function nextLink(t: Words, { step, stage, name, thread, release }: SeenStep): Content {
  const to =
    thread !== null
      ? threadPath('thread', thread.id)
      : stage === 'put-away'
        ? togetherPath('pick', step.caseId)
        : releasePath(stage === 'talk' ? 'draft' : 'send', step.caseId, step.release)
  const signers = (release?.kept.signers ?? []).map((each) => each.name).filter((each) => each !== '')
  const names = signers.length === 0 ? name : t.list(signers)
  return (
    <a class="govuk-link" href={to}>
      {t(`together.next.${stage}`, { name, names })}
    </a>
  )
}

/** The order of a step in a sentence: what it waits for, that this is there, or that it will not come. */
export function orderText(t: Words, seen: SeenStep, steps: readonly SeenStep[]): string {
  const { wait } = seen.step
  if (wait === null || seen.order === 'free' || seen.order === 'begun') return ''
  const what = waitText(t, wait, steps)
  return what === '' ? t(`together.order.${seen.order}-hidden`) : t(`together.order.${seen.order}`, { what })
}

/** What a step waits for. Of a step that the reader may not see nothing is said. */
function waitText(t: Words, wait: Wait, steps: readonly SeenStep[]): string {
  const of = steps.find((each) => each.step.id === wait.step)
  const first =
    of === undefined
      ? wait.step === null && wait.thread !== null
        ? t('together.order.other', { state: t(`together.state.${wait.state}`) })
        : ''
      : t('together.order.of', {
          name: of.name,
          service: of.step.service.name,
          state: t(`together.state.${wait.state}`),
        })
  const day = wait.on === null ? '' : t('together.order.day', { day: t.date(wait.on) })
  return [first, day].filter((part) => part !== '').join(t('together.order.or'))
}

/** The last look before what is ready goes: whom to send, and who there must not be shown it. */
export function SendForm(p: {
  readonly t: Words
  readonly caseId: string
  readonly ready: readonly SeenStep[]
  readonly typed: ReadonlyMap<string, string>
  readonly errors: ReadonlyMap<string, string>
}) {
  const { t, ready } = p
  return (
    <form method="post" action={togetherPath('steps', p.caseId)} novalidate>
      <h2 class="govuk-heading-m">{t('together.send.title')}</h2>
      <p class="govuk-body">{t('together.send.lead')}</p>
      {ready.map((each, at) => (
        <fieldset class="govuk-fieldset govuk-!-margin-bottom-4">
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">
            {t('together.send.one', {
              name: each.name,
              service: each.step.service.name,
              agency: each.release?.kept.release.recipient.agency ?? '',
            })}
          </legend>
          <input type="hidden" name="of" value={each.step.caseId} />
          <input type="hidden" name="step" value={each.step.id} />
          <input type="hidden" name="version" value={String(each.release?.version ?? 0)} />
          <div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes">
            <div class="govuk-checkboxes__item">
              <input
                class="govuk-checkboxes__input"
                type="checkbox"
                name="send"
                id={`send-${at + 1}`}
                value={each.step.id}
                aria-describedby={p.errors.has(each.step.id) ? `why-${at + 1}` : undefined}
                checked={p.errors.size === 0 || p.errors.has(each.step.id)}
              />
              <label class="govuk-label govuk-checkboxes__label" for={`send-${at + 1}`}>
                {t('together.send.tick', { name: each.name })}
              </label>
            </div>
          </div>
          {p.errors.has(each.step.id) ? (
            <p class="govuk-error-message" id={`why-${at + 1}`}>
              {p.errors.get(each.step.id)}
            </p>
          ) : null}
          <NotFor
            t={t}
            to={each.release?.kept.release.recipient.agency ?? ''}
            typed={p.typed.get(each.step.id)}
            error={undefined}
            id={`not-for-${at + 1}`}
          />
        </fieldset>
      ))}
      <Button>{t('together.send.go')}</Button>
    </form>
  )
}
