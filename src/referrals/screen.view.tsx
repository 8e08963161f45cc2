import type { MemberEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  type Content,
  InsetText,
  PageHeading,
  StaffPage,
  WarningText,
} from '#platform/ui'

import { paths, type ThreadPath, threadPath } from './paths.ts'
import type { Thread, ThreadRefusal } from './thread.ts'

/** What every staff page needs of its request. */
export type Screen = Pick<MemberEnv['Variables'], 't' | 'actor' | 'nav'>

/** What a thread is called on the screen: never a name that somebody looking over a shoulder could read in a title. */
export function threadTitle(t: Words, thread: Thread): string {
  return t(`referrals.title.${thread.side}-${thread.kind}`, { agency: thread.otherName })
}

/** The page of one act: one task, the thread above it, what went wrong if anything did. */
export function ActFrame(p: {
  readonly screen: Screen
  readonly thread: Thread
  readonly act: ThreadPath
  /** Its words, where they are not those of the act. */
  readonly words?: string | undefined
  readonly go: string
  readonly errors?: Readonly<Record<string, string>> | undefined
  readonly refusal?: ThreadRefusal | undefined
  readonly version?: number | undefined
  /** Where the form goes, when not to the act's own address. */
  readonly path?: string | undefined
  /** What it is about, where the act's own sentence would not be true. */
  readonly lead?: string | undefined
  readonly children?: Content
  /** What stands below the form. */
  readonly after?: Content
}) {
  const { screen, thread, act } = p
  const { t } = screen
  const back = threadPath('thread', thread.id)
  const words = p.words ?? act
  const title = t(`referrals.act.${words}.title`, { agency: thread.otherName })
  return (
    <StaffPage
      t={t}
      actor={screen.actor}
      nav={screen.nav}
      current={paths.list}
      title={title}
      back={{ href: back, text: t('referrals.back-to-thread') }}
      errors={p.errors}
    >
      <PageHeading caption={threadTitle(t, thread)}>{title}</PageHeading>
      {p.refusal === undefined ? null : <Refused t={t} refusal={p.refusal} thread={thread} />}
      <p class="govuk-body app-measure">
        {p.lead ?? t(`referrals.act.${words}.lead`, { agency: thread.otherName })}
      </p>
      <form method="post" action={p.path ?? threadPath(act, thread.id)} novalidate>
        <input type="hidden" name="version" value={String(p.version ?? thread.version)} />
        {p.children}
        <ButtonGroup>
          <Button>{p.go}</Button>
          <a class="govuk-link" href={back}>
            {t('referrals.cancel')}
          </a>
        </ButtonGroup>
      </form>
      {p.after}
    </StaffPage>
  )
}

/** Why an act did not happen, in plain words, and that nothing typed was lost. */
function Refused(p: { readonly t: Words; readonly refusal: ThreadRefusal; readonly thread: Thread }) {
  return (
    <WarningText>
      <span id="refused">{refusalText(p.t, p.refusal, p.thread)}</span>
    </WarningText>
  )
}

/** The sentence of a refusal. */
function refusalText(t: Words, refusal: ThreadRefusal, thread: Thread): string {
  if (refusal.refused !== 'changed-meanwhile')
    return t(`referrals.refused.${refusal.refused}`, { agency: thread.otherName })
  const { last } = refusal
  return t('referrals.refused.changed-meanwhile', {
    what: last === null ? t(`referrals.state.${refusal.state}`) : t(`referrals.event.${last.kind}`),
    when: last === null ? '' : t.time(last.at),
    state: t(`referrals.state.${refusal.state}`),
  })
}

/** The same words for withdrawn, expired and suspended: who sent it, until when, whom to ring. */
export function NoLonger(p: { readonly t: Words; readonly thread: Thread; readonly sentAt: Date }) {
  const { t, thread } = p
  return (
    <InsetText>
      <p class="govuk-body">
        <strong>{t('referrals.gone.title')}</strong>
      </p>
      <p class="govuk-body">
        {t('referrals.gone.from', { agency: thread.otherName, date: t.date(p.sentAt) })}
      </p>
      <p class="govuk-body">
        {thread.otherPhone === ''
          ? t('referrals.gone.ring', { agency: thread.otherName })
          : t('referrals.gone.ring-at', { agency: thread.otherName, phone: thread.otherPhone })}
      </p>
    </InsetText>
  )
}
