import { casePath } from '#people'
import type { Words } from '#platform/i18n'
import { Details, ForOurRecord, InsetText, SummaryList, type TimelineItem, Lines } from '#platform/ui'

import type { Piece, ThreadFile } from './file.actions.ts'
import { HandlingFirst } from './handling.view.tsx'
import type { Letter } from './letter.ts'
import { letterRows, letterTitle, recordText } from './letter.view.ts'
import { NoLonger } from './screen.view.tsx'
import type { Thread, ThreadEvent } from './thread.ts'

/** What began the thread, or that it is no longer shared. */
export function FirstPiece({ t, file }: { readonly t: Words; readonly file: ThreadFile }) {
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
      {thread.side === 'to' ? <HandlingFirst t={t} letter={first.letter} /> : null}
      <LetterList t={t} letter={first.letter} without={thread.side === 'to'} />
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

/** What happened, newest first; who acted is named only on the side that did. */
export function timeline(
  t: Words,
  file: ThreadFile,
  names: ReadonlyMap<string, string>,
  own: string,
): readonly TimelineItem[] {
  const { thread } = file
  return file.events.toReversed().map((event) => {
    const piece = file.pieces.find((one) => one.envelopeId === event.envelopeId)
    return {
      when: t.dateTime(event.at),
      machineTime: event.at.toISOString(),
      what: whatOf(t, file, event, piece),
      who: whoOf(event, piece, thread, names, own),
      more:
        piece === undefined || piece === file.first ? null : (
          <PieceMore t={t} thread={thread} piece={piece} />
        ),
    }
  })
}

/** What an event is called: by its letter where one came with it. */
export function whatOf(t: Words, file: ThreadFile, event: ThreadEvent, piece: Piece | undefined): string {
  const letter = piece?.letter ?? null
  const what =
    letter === null || event.kind === 'taken' ? t(`referrals.event.${event.kind}`) : letterTitle(t, letter)
  const undone = event.undoes === null ? undefined : file.events.find((each) => each.id === event.undoes)
  if (undone !== undefined) return t('referrals.thread.undone', { what: t(`referrals.event.${undone.kind}`) })
  return file.events.some((each) => each.undoes === event.id)
    ? t('referrals.thread.was-undone', { what })
    : what
}

/** Whether this side did it. */
export function isOurs(file: Pick<ThreadFile, 'pieces'>, event: ThreadEvent): boolean {
  const piece = file.pieces.find((one) => one.envelopeId === event.envelopeId)
  return event.actorId !== null || piece?.way === 'out'
}

/** Who did it: somebody by name only on the side that did. */
export function whoOf(
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
  if (piece.undone && piece.way === 'in') return <InsetText>{t('referrals.thread.undone-unread')}</InsetText>
  if (piece.letter === null) return <InsetText>{t('referrals.gone.title')}</InsetText>
  return (
    <>
      {letterRows(t, piece.letter).map(({ key, value }) => (
        <p class="govuk-body-s govuk-!-margin-bottom-1">
          <strong>{key}:</strong> <Lines text={value} />
        </p>
      ))}
      <OurRecord t={t} thread={thread} piece={piece} />
    </>
  )
}

/** A letter, line by line. */
function LetterList(p: { readonly t: Words; readonly letter: Letter; readonly without: boolean }) {
  const { t, letter } = p
  // How it has to lie in the records stands above already.
  const rows = letterRows(t, letter).filter(
    ({ key }) => !(p.without && key === t('referrals.letter.handling')),
  )
  return <SummaryList compact rows={rows.map(({ key, value }) => ({ key, value: <Lines text={value} /> }))} />
}

function OurRecord(p: { readonly t: Words; readonly thread: Thread; readonly piece: Piece }) {
  const { t, thread, piece } = p
  if (piece.letter === null) return null
  const head = {
    title: letterTitle(t, piece.letter),
    agency: thread.otherName,
    at: piece.at,
  }
  return (
    <Details summary={t('referrals.thread.record')}>
      <ForOurRecord t={t} text={recordText(t, head, piece.letter)} id={`record-${piece.envelopeId}`} />
    </Details>
  )
}
