import type { Away } from '#diary'
import { casePath } from '#people'
import type { Words } from '#platform/i18n'
import {
  type Content,
  NotificationBanner,
  PageHeading,
  StaffPage,
  Tag,
  TermNotes,
  Timeline,
} from '#platform/ui'

import { EndedHere } from './ended.view.tsx'
import type { ThreadFile } from './file.actions.ts'
import { HelpersPart } from './who-helps.view.tsx'
import { IntroductionPart } from './introduction.view.tsx'
import { ContactsPart } from './named-contact.view.tsx'
import { AskAgain } from './ask-again.view.tsx'
import { dueText } from './due.view.ts'
import { stateTag } from './line.view.tsx'
import { paths, threadPath } from './paths.ts'
import { Reaching } from './reaching.view.tsx'
import { type Screen, threadTitle } from './screen.view.tsx'
import type { KeptSession } from './session.ts'
import { Sessions } from './sessions.view.tsx'
import { Next } from './thread-next.view.tsx'
import { FirstPiece, timeline } from './thread-pieces.view.tsx'
import { TimeOf } from './time-picture.view.tsx'
import type { Thread } from './thread.ts'
import { refusalOf } from './thread.rules.ts'
import { lastOwn } from './undo.rules.ts'
import { isGone } from './when.rules.ts'

interface Props {
  readonly screen: Screen
  readonly file: ThreadFile
  readonly sessions: readonly KeptSession[]
  /** Own colleagues by account: who acted is known on the side that did. */
  readonly names: ReadonlyMap<string, string>
  readonly mayWrite: boolean
  /** The other side has no account: it is written to by mail and link. */
  readonly office: boolean
  /** Whoever has the thread here, where they are away today. */
  readonly away: Away | null
  readonly done?: string | undefined
  /** Who keeps hold of the person now. */
  readonly keeping?: Content
  /** A no has still to be settled. */
  readonly noOpen: boolean
  /** What other rooms show beside it. */
  readonly beside: Content
  /** For whoever asked: who else was asked, and that the page looks by itself. */
  readonly asked: Content
  /** The time of the request, for what is still waited for. */
  readonly now: Date
  /** What other rooms say of this thread, under the next step. */
  readonly asides?: readonly Content[]
  /** The planned meeting in the reader's own calendar. */
  readonly calendar?: Content
}

/** A thread as its reader sees it: what to do next, what was shared, what happened. */
export function ThreadView(p: Props) {
  const { screen, file } = p
  const { t } = screen
  const { thread } = file
  return (
    <StaffPage
      t={t}
      actor={screen.actor}
      nav={screen.nav}
      current={paths.list}
      title={t('referrals.thread.title')}
      back={{ href: paths.list, text: t('referrals.list.title') }}
    >
      {p.done === undefined || !t.has(`referrals.done.${p.done}`) ? null : (
        <NotificationBanner kind="success">
          <p class="govuk-notification-banner__heading">
            {t(`referrals.done.${p.done}`, { agency: thread.otherName })}
          </p>
        </NotificationBanner>
      )}
      <PageHeading caption={threadTitle(t, thread)}>{headingOf(t, file)}</PageHeading>
      <p class="govuk-body">
        {thread.side === 'to' && !file.shared ? (
          <Tag colour="grey">{t('referrals.gone.title')}</Tag>
        ) : (
          stateTag(t, {
            ...thread,
            answered: file.pieces.some((piece) => piece.kind === 'answer' && !piece.undone),
          })
        )}{' '}
        {standsText(t, thread, file.shared)}
      </p>
      <Next t={t} file={file} mayWrite={p.mayWrite} noOpen={p.noOpen} />
      <AskAgain t={t} file={file} mayWrite={p.mayWrite} office={p.office} />
      <Reaching t={t} thread={thread} mayWrite={p.mayWrite} />
      {p.keeping}
      <IntroductionPart t={t} file={file} mayWrite={p.mayWrite} />
      {p.calendar}
      <ContactsPart t={t} file={file} mayWrite={p.mayWrite} away={p.away} names={p.names} />
      <EndedHere t={t} thread={thread} />
      <Sessions t={t} thread={thread} sessions={p.sessions} shared={file.shared} mayWrite={p.mayWrite} />
      {p.asked}
      {[...(p.asides ?? [])]}
      <FirstPiece t={t} file={file} />
      <HelpersPart t={t} file={file} />
      {p.beside}
      <TermNotes t={t} terms={['referral', 'case-closed']} />
      <h2 class="govuk-heading-m">{t('referrals.thread.happened')}</h2>
      <UndoLink t={t} file={file} accountId={screen.actor.accountId} mayWrite={p.mayWrite} />
      <TimeOf t={t} file={file} names={p.names} own={screen.actor.agencyName} now={p.now} />
      <Timeline items={timeline(t, file, p.names, screen.actor.agencyName)} />
      <KnowThem t={t} thread={thread} mayWrite={p.mayWrite} />
    </StaffPage>
  )
}

/** What was done last and may have been a slip: one click away, for a quarter of an hour. */
function UndoLink(p: {
  readonly t: Words
  readonly file: ThreadFile
  readonly accountId: string
  readonly mayWrite: boolean
}) {
  const { t, file } = p
  const last = lastOwn(file.events, p.accountId, Date.now())
  if (!p.mayWrite || last === null || refusalOf(file.thread, 'undo') !== null) return null
  return (
    <p class="govuk-body-s">
      <a class="govuk-link" href={threadPath('undo', file.thread.id)}>
        {t('referrals.act.undo.button', { what: t(`referrals.event.${last.kind}`) })}
      </a>
    </p>
  )
}

function headingOf(t: Words, file: ThreadFile): string {
  const { thread, first } = file
  const letter = first?.letter
  if (thread.body?.who)
    return t('referrals.thread.for', { who: thread.body.who, service: thread.body.serviceName })
  if (letter?.about === 'ask' || letter?.about === 'request') return letter.service.name
  return thread.body?.serviceName ?? t('referrals.thread.title')
}

/** When an answer is due; place and date stay on both sides, also when nothing is shared any more. */
function standsText(t: Words, thread: Thread, shared: boolean): string {
  const over = ['met', 'ended', 'declined'].includes(thread.state)
  const parts = [
    dueText(t, thread, shared, 'thread'),
    thread.place === null || over ? '' : t('referrals.thread.place', { place: t.number(thread.place) }),
    thread.expectedAt === null || over
      ? ''
      : t(`referrals.thread.${isGone(t, thread.expectedAt) ? 'expected-gone' : 'expected'}`, {
          when: t.date(thread.expectedAt),
        }),
    thread.askAt === null || !shared || thread.askAt.getTime() < Date.now()
      ? ''
      : t('referrals.thread.ask-at', { when: t.date(thread.askAt) }),
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function KnowThem(p: { readonly t: Words; readonly thread: Thread; readonly mayWrite: boolean }) {
  const { t, thread } = p
  if (!p.mayWrite) return null
  const href = thread.caseId === null ? threadPath('notMe', thread.id) : casePath('conflict', thread.caseId)
  return (
    <p class="govuk-body-s">
      <a class="govuk-link" href={href}>
        {t('referrals.thread.know')}
      </a>
    </p>
  )
}
