import type { FieldErrors, MemberEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import { type Content, PageHeading, SearchBox, StaffPage, Tag, WarningText } from '#platform/ui'
import { paths as casework } from '#people'

import { paths, threadPath } from './paths.ts'
import { isReversed } from './thread.rules.ts'
import type { Thread, ThreadRefusal } from './thread.ts'

export type Screen = Pick<MemberEnv['Variables'], 't' | 'actor' | 'nav'>

/** A page of this room. With a file, its name stands above and the way back leads to it. */
export function Frame(p: {
  readonly screen: Screen
  readonly title: string
  readonly thread?: Thread
  readonly atTop?: boolean
  readonly lead?: string
  readonly errors?: FieldErrors
  readonly refusal?: ThreadRefusal | null
  readonly children?: Content
}) {
  const { t, actor, nav } = p.screen
  const toList = { href: paths.list, text: t('accountability.title') }
  const toThread =
    p.thread === undefined || p.atTop
      ? toList
      : { href: threadPath('thread', p.thread.id), text: p.thread.person.name }
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.list}
      title={p.title}
      errors={p.errors}
      back={p.title === t('accountability.title') ? undefined : toThread}
      search={<SearchBox action={casework.search} name="query" />}
    >
      <PageHeading caption={p.thread && !p.atTop ? p.thread.person.name : undefined}>{p.title}</PageHeading>
      {p.refusal ? <WarningText>{refusalText(t, p.refusal)}</WarningText> : null}
      {p.lead ? <p class="govuk-body">{p.lead}</p> : null}
      {p.children}
    </StaffPage>
  )
}

/** A refusal in a sentence, with the id of its rule. */
export function refusalText(t: Words, refusal: ThreadRefusal): string {
  if (refusal.refused !== 'rule') return t(`accountability.refused.${refusal.refused}`)
  return t('accountability.by-rule', {
    sentence: t(`accountability.rule.${refusal.rule}`),
    rule: refusal.rule,
  })
}

/** The same sentence at the field it is about. */
export function refusalAt(t: Words, refusal: ThreadRefusal | null, field: string): FieldErrors {
  return refusal?.refused === 'rule' ? { [field]: refusalText(t, refusal) } : {}
}

/** Where the file stands, in a word; nothing where it is simply worked on. */
export function StateTag({ t, thread }: { readonly t: Words; readonly thread: Thread }) {
  const waits = thread.doubt !== null && thread.doubt.review === null
  const state = isReversed(thread)
    ? 'reversed'
    : thread.state === 'ended'
      ? 'ended'
      : waits
        ? 'in-doubt'
        : null
  if (state === null) return null
  return (
    <p class="govuk-body">
      <Tag colour={state === 'in-doubt' ? 'orange' : 'grey'}>{t(`accountability.tag.${state}`)}</Tag>
    </p>
  )
}
