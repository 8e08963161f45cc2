import type { CaseFile } from '#people'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  type Content,
  type Errors,
  Tag,
  type TagColour,
  WarningText,
  Lines,
} from '#platform/ui'
import { CaseFrame, nameToUse, type Screen } from '#releases'

import type { GroundRefusal, StoredGround } from './ground.ts'
import { groundPath } from './paths.ts'
import type { Told } from './told.ts'

/** A page about one ground, or about all of them, of one case. */
export function GroundFrame(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly title: string
  readonly back?: { readonly href: string; readonly text?: string }
  readonly errors?: Errors
  readonly refusal?: GroundRefusal | null
  readonly children?: Content
}) {
  const { t } = p.screen
  const list = { href: groundPath('list', p.file.caseId), text: t('grounds.list.title') }
  return (
    <CaseFrame
      screen={p.screen}
      caseId={p.file.caseId}
      name={nameToUse(p.file)}
      title={p.title}
      back={p.back ?? list}
      errors={p.errors}
    >
      {p.refusal ? <WarningText>{refusalText(t, p.refusal)}</WarningText> : null}
      {p.children}
    </CaseFrame>
  )
}

/** A refusal in a sentence, with the id of its rule. */
export function refusalText(t: Words, refusal: GroundRefusal): string {
  if (refusal.refused !== 'rule') return t(`grounds.refused.${refusal.refused}`)
  return byRule(t, t(`grounds.rule.${refusal.rule}`), refusal.rule)
}

/** One thing that can be ticked, with what it says below, line by line. */
export function itemChoice(item: { readonly key: string; readonly title: string; readonly text: string }) {
  return { value: item.key, text: item.title, hint: <Lines text={item.text} /> }
}

/** A sentence and the id of the rule behind it. */
export function byRule(t: Words, sentence: string, rule: string): string {
  return t('releases.by-rule', { sentence, rule })
}

/** A form of one step: the version it was read at, and which step it is. */
export function StepForm(p: {
  readonly t: Words
  readonly action: string
  readonly ground: StoredGround
  readonly act: string
  readonly go: string
  readonly warning?: boolean
  /** The way out beside the main button. */
  readonly quiet?: boolean
  readonly cancel?: string
  readonly children?: Content
}) {
  return (
    <form method="post" action={p.action} novalidate>
      <input type="hidden" name="version" value={String(p.ground.version)} />
      <input type="hidden" name="act" value={p.act} />
      {p.children}
      <ButtonGroup>
        <Button variant={p.warning ? 'warning' : p.quiet ? 'secondary' : undefined}>{p.go}</Button>
        {p.cancel === undefined ? null : (
          <a class="govuk-link" href={p.cancel}>
            {p.t('people.leave-it')}
          </a>
        )}
      </ButtonGroup>
    </form>
  )
}

/** Whether the person was told, in a word. */
export function ToldTag({ t, told }: { readonly t: Words; readonly told: Told | null }) {
  const state = told?.state ?? 'open'
  const colours: Readonly<Record<typeof state, TagColour>> = {
    told: 'green',
    'not-yet': 'orange',
    open: 'red',
  }
  return <Tag colour={colours[state]}>{t(`grounds.told.tag.${state}`)}</Tag>
}

/** Whether the person was told, how and when, or why not yet and when to look again. */
export function toldText(t: Words, told: Told | null): string {
  if (told === null) return t('grounds.told.nobody')
  return told.state === 'told'
    ? t('grounds.told.said', {
        how: t(`grounds.told.how.${told.how}`),
        by: told.by,
        date: t.dateTime(told.at),
      })
    : t('grounds.told.waits', { reason: told.reason, date: t.date(told.again) })
}

/** The way to say that the person was told, as long as they were not. */
export function TellAgain(p: { readonly t: Words; readonly caseId: string; readonly groundId: string }) {
  return (
    <p class="govuk-body">
      <a class="govuk-link" href={groundPath('told', p.caseId, p.groundId)}>
        {p.t('grounds.told.again-link')}
      </a>
    </p>
  )
}
