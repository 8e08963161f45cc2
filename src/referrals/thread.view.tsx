import { directoryPaths } from '#directory'
import { casePath, referPath } from '#people'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  type Content,
  Details,
  ForOurRecord,
  InsetText,
  NotificationBanner,
  PageHeading,
  StaffPage,
  SummaryList,
  Timeline,
  type TimelineItem,
} from '#platform/ui'

import type { Piece, ThreadFile } from './file.actions.ts'
import type { Letter, NextDoor } from './letter.ts'
import { letterRows, recordText } from './letter.view.ts'
import { nextStep } from './next-step.rules.ts'
import { paths, type ThreadPath, threadPath } from './paths.ts'
import { NoLonger, type Screen, threadTitle } from './screen.view.tsx'
import { isUndecided, stateTag } from './line.view.tsx'
import type { Thread, ThreadAct, ThreadEvent } from './thread.ts'

interface Props {
  readonly screen: Screen
  readonly file: ThreadFile
  /** Own colleagues by account: who acted is known on the side that did. */
  readonly names: ReadonlyMap<string, string>
  readonly mayWrite: boolean
  readonly done?: string | undefined
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
        {stateTag(t, thread)} {dueText(t, thread)}
      </p>
      <Next {...p} />
      <FirstPiece t={t} file={file} />
      <h2 class="govuk-heading-m">{t('referrals.thread.happened')}</h2>
      <Timeline items={timeline(p)} />
      <KnowThem t={t} thread={thread} mayWrite={p.mayWrite} />
    </StaffPage>
  )
}

/** Whether the newest question came after the newest answer. */
function hasOpenQuestion(file: ThreadFile): boolean {
  const talk = file.pieces.filter(
    (piece) => piece.letter?.about === 'question' || piece.letter?.about === 'answer',
  )
  const last = talk.at(-1)
  return last?.letter?.about === 'question' && last.way === 'in'
}

function headingOf(t: Words, file: ThreadFile): string {
  const { thread, first } = file
  const letter = first?.letter
  if (thread.body?.who)
    return t('referrals.thread.for', { who: thread.body.who, service: thread.body.serviceName })
  if (letter?.about === 'ask' || letter?.about === 'request') return letter.service.name
  return thread.body?.serviceName ?? t('referrals.thread.title')
}

function dueText(t: Words, thread: Thread): string {
  const parts = [
    thread.dueAt === null || !isUndecided(thread)
      ? ''
      : t('referrals.thread.due', { when: t.dateTime(thread.dueAt) }),
    thread.place === null ? '' : t('referrals.thread.place', { place: t.number(thread.place) }),
    thread.expectedAt === null ? '' : t('referrals.thread.expected', { when: t.date(thread.expectedAt) }),
  ]
  return parts.filter((part) => part !== '').join(' ')
}

/** The next step first: one sentence, then what can be done about it. */
function Next({ screen, file, mayWrite }: Props) {
  const { t } = screen
  const { thread } = file
  const step = nextStep(thread, file.shared, hasOpenQuestion(file))
  const { otherName: agency, otherPhone: phone } = thread
  return (
    <section class="app-card" aria-labelledby="next">
      <h2 class="govuk-heading-m" id="next">
        {t('referrals.thread.next')}
      </h2>
      <p class="govuk-body">
        {t(`referrals.next.${step.key}`, { agency, phone: phone === '' ? agency : phone })}
      </p>
      {mayWrite ? <NextActs t={t} file={file} acts={step.acts} /> : null}
      {mayWrite && step.others.length > 0 ? (
        <p class="govuk-body-s">
          {t('referrals.thread.also')}{' '}
          {step.others.map((act, index) => (
            <>
              {index > 0 ? ' · ' : ''}
              <a class="govuk-link" href={threadPath(actPath[act], thread.id)}>
                {t(`referrals.act.${act}.button`)}
              </a>
            </>
          ))}
        </p>
      ) : null}
    </section>
  )
}

function NextActs(p: { readonly t: Words; readonly file: ThreadFile; readonly acts: readonly ThreadAct[] }) {
  const { t, file, acts } = p
  const { thread } = file
  const asked =
    thread.kind === 'ask' && thread.side === 'to' && ['received', 'question'].includes(thread.state)
  const grows = thread.kind === 'ask' && thread.side === 'from' && thread.state === 'accepted'
  const declined = thread.side === 'from' && thread.state === 'declined'
  const awaited =
    thread.kind === 'ask' && thread.side === 'from' && ['sent', 'received'].includes(thread.state)
  return (
    <>
      {declined ? <NextDoors t={t} file={file} /> : null}
      {awaited ? (
        <Button href={threadPath('thread', thread.id)} variant="secondary">
          {t('referrals.thread.look-again')}
        </Button>
      ) : null}
      {asked ? <WouldTake t={t} thread={thread} /> : null}
      {grows ? (
        <form method="post" action={threadPath('refer', thread.id)}>
          <Button>{t('referrals.act.refer.button')}</Button>
          <p class="govuk-hint">{t('referrals.act.refer.hint')}</p>
        </form>
      ) : null}
      {acts.length === 0 ? null : (
        <ButtonGroup>
          {acts.map((act, index) => (
            <Button
              href={threadPath(actPath[act], thread.id)}
              variant={index === 0 && !asked && !declined ? undefined : 'secondary'}
            >
              {t(`referrals.act.${act}.button`)}
            </Button>
          ))}
        </ButtonGroup>
      )}
    </>
  )
}

/** Yes in one click: the reader's own name and the agency's number go with it. */
function WouldTake({ t, thread }: { readonly t: Words; readonly thread: Thread }) {
  return (
    <form method="post" action={threadPath('accept', thread.id)}>
      <input type="hidden" name="version" value={String(thread.version)} />
      <ButtonGroup>
        <Button name="how" value="phone">
          {t('referrals.act.would-take.phone')}
        </Button>
        <Button name="how" value="send">
          {t('referrals.act.would-take.send')}
        </Button>
      </ButtonGroup>
    </form>
  )
}

/** A no opens another door: what the other side suggested, each one click away. */
function NextDoors({ t, file }: { readonly t: Words; readonly file: ThreadFile }) {
  const doors = file.pieces.findLast((piece) => piece.letter?.about === 'declined')?.letter
  const next: readonly NextDoor[] = doors?.about === 'declined' ? doors.next : []
  const { caseId } = file.thread
  if (next.length === 0) return <p class="govuk-body">{t('referrals.thread.no-door')}</p>
  return (
    <>
      <h3 class="govuk-heading-s">{t('referrals.thread.next-doors')}</h3>
      <ul class="govuk-list">
        {next.map((door) => (
          <li>
            <a
              class="govuk-link"
              href={
                caseId === null
                  ? directoryPaths.service(door.serviceId)
                  : referPath(caseId, door.serviceId, false)
              }
            >
              {door.name}
            </a>
            {door.phone === '' ? '' : `, ${door.phone}`}
          </li>
        ))}
      </ul>
    </>
  )
}

const actPath: Readonly<Record<ThreadAct, ThreadPath>> = {
  question: 'question',
  answer: 'answer',
  accept: 'accept',
  wait: 'wait',
  decline: 'decline',
  introduce: 'introduce',
  met: 'met',
  end: 'end',
  take: 'take',
  withdraw: 'thread',
}

function FirstPiece({ t, file }: { readonly t: Words; readonly file: ThreadFile }) {
  const { thread, first } = file
  if (first === null) return null
  const title = t(`referrals.thread.shared-${thread.side}`)
  if (first.unopened !== null)
    return (
      <>
        <h2 class="govuk-heading-m">{title}</h2>
        <InsetText>{t(`referrals.unopened.${first.unopened}`, { agency: thread.otherName })}</InsetText>
      </>
    )
  if (first.letter === null || (thread.side === 'to' && !file.shared))
    return (
      <>
        <h2 class="govuk-heading-m">{title}</h2>
        <NoLonger t={t} thread={thread} sentAt={first.at} />
      </>
    )
  return (
    <>
      <h2 class="govuk-heading-m">{title}</h2>
      <LetterList t={t} letter={first.letter} />
      {first.endsAt === null ? null : (
        <p class="govuk-body-s">{t('referrals.thread.shared-until', { date: t.date(first.endsAt) })}</p>
      )}
      <OurRecord t={t} thread={thread} piece={first} />
      {thread.side === 'to' && thread.caseId !== null ? (
        <p class="govuk-body">
          <a class="govuk-link" href={casePath('case', thread.caseId)}>
            {t('referrals.thread.our-case')}
          </a>
        </p>
      ) : null}
    </>
  )
}

/** A letter, line by line. */
function LetterList({ t, letter }: { readonly t: Words; readonly letter: Letter }) {
  return (
    <SummaryList
      compact
      rows={letterRows(t, letter).map(({ key, value }) => ({ key, value: lines(value) }))}
    />
  )
}

function lines(value: string): Content {
  const parts = value.split('\n')
  if (parts.length === 1) return value
  return parts.map((part, index) => (
    <>
      {index > 0 ? <br /> : null}
      {part}
    </>
  ))
}

function OurRecord(p: { readonly t: Words; readonly thread: Thread; readonly piece: Piece }) {
  const { t, thread, piece } = p
  if (piece.letter === null) return null
  const head = {
    title: t(`referrals.letter-title.${piece.letter.about}`),
    agency: thread.otherName,
    at: piece.at,
  }
  return (
    <Details summary={t('referrals.thread.record')}>
      <ForOurRecord t={t} text={recordText(t, head, piece.letter)} id={`record-${piece.envelopeId}`} />
    </Details>
  )
}

function timeline({ screen, file, names }: Props): readonly TimelineItem[] {
  const { t, actor } = screen
  const { thread } = file
  return file.events.toReversed().map((event) => {
    const piece = file.pieces.find((one) => one.envelopeId === event.envelopeId)
    return {
      when: t.dateTime(event.at),
      machineTime: event.at.toISOString(),
      what: whatOf(t, event, piece),
      who: whoOf(event, piece, thread, names, actor.agencyName),
      more:
        piece === undefined || piece === file.first ? null : (
          <PieceMore t={t} thread={thread} piece={piece} />
        ),
    }
  })
}

function whatOf(t: Words, event: ThreadEvent, piece: Piece | undefined): string {
  const about = piece?.letter?.about
  return about === undefined || event.kind === 'taken'
    ? t(`referrals.event.${event.kind}`)
    : t(`referrals.letter-title.${about}`)
}

function whoOf(
  event: ThreadEvent,
  piece: Piece | undefined,
  thread: Thread,
  names: ReadonlyMap<string, string>,
  own: string,
): string {
  const name = event.actorId === null ? undefined : names.get(event.actorId)
  if (name !== undefined) return `${name}, ${own}`
  return piece?.way === 'out' ? own : thread.otherName
}

function PieceMore({
  t,
  thread,
  piece,
}: {
  readonly t: Words
  readonly thread: Thread
  readonly piece: Piece
}) {
  if (piece.letter === null) return <InsetText>{t('referrals.gone.title')}</InsetText>
  return (
    <>
      {letterRows(t, piece.letter).map(({ key, value }) => (
        <p class="govuk-body-s govuk-!-margin-bottom-1">
          <strong>{key}:</strong> {lines(value)}
        </p>
      ))}
      <OurRecord t={t} thread={thread} piece={piece} />
    </>
  )
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
