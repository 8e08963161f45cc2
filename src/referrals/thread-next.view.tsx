import { directoryPaths } from '#directory'
import { casePath, referPath } from '#people'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, InsetText } from '#platform/ui'
import { releasePath } from '#releases'

import type { ThreadFile } from './file.actions.ts'
import type { NextDoor } from './letter.ts'
import { introductionOf } from './introduction.rules.ts'
import { besideWays, nextStep, openQuestion } from './next-step.rules.ts'
import { againPath, amendPath, threadPath, type ThreadPath } from './paths.ts'
import { WaysOn } from './reaching.view.tsx'
import type { Thread, ThreadAct } from './thread.ts'
import { isGone } from './when.rules.ts'

/** The next step first: one sentence, then what can be done about it. */
export function Next(p: {
  readonly t: Words
  readonly file: ThreadFile
  readonly mayWrite: boolean
  /** A no has still to be settled. */
  readonly noOpen: boolean
}) {
  const { t, file, mayWrite } = p
  const { thread } = file
  const asked = openQuestion(file.events)
  const step = nextStep(thread, file.shared, asked, {
    dayGone: isGone(t, thread.expectedAt),
    missed: introductionOf(file.pieces).state === 'not-happened',
    noOpen: p.noOpen,
  })
  const ways = mayWrite && file.shared && thread.state === 'unreached'
  const others = ways ? besideWays(step) : step.others
  const { otherName: agency, otherPhone: phone } = thread
  return (
    <section class="app-card" aria-labelledby="next">
      <h2 class="govuk-heading-m" id="next">
        {t('referrals.thread.next')}
      </h2>
      <p class="govuk-body">
        {t(`referrals.next.${step.key}`, { agency, phone: phone === '' ? agency : phone })}
      </p>
      <Newest t={t} file={file} />
      {ways ? <WaysOn t={t} thread={thread} /> : null}
      {mayWrite && !ways ? <NextActs t={t} file={file} acts={step.acts} asked={asked} /> : null}
      {mayWrite ? <TakeBack t={t} file={file} /> : null}
      {mayWrite && others.length > 0 ? (
        <p class="govuk-body-s">
          {t('referrals.thread.also')}{' '}
          {others.map((act, index) => (
            <>
              {index > 0 ? ' · ' : ''}
              <a class="govuk-link" href={threadPath(actPath[act], thread.id)}>
                {buttonText(t, thread, act, asked)}
              </a>
            </>
          ))}
        </p>
      ) : null}
    </section>
  )
}

/** What somebody waits for, before anything else: the question that was asked, the number to ring now. */
function Newest({ t, file }: { readonly t: Words; readonly file: ThreadFile }) {
  if (file.thread.side !== 'from') return null
  const letter = file.pieces.findLast((piece) => !piece.undone)?.letter
  if (letter?.about === 'question')
    return <InsetText>{t('referrals.next.they-ask', { text: letter.text })}</InsetText>
  if (letter?.about !== 'would-take') return null
  return (
    <InsetText>
      <strong>{t(`referrals.would-take.${letter.how}`)}</strong>
      <br />
      {[letter.person.name, letter.person.phone].filter((part) => part !== '').join(', ')}
    </InsetText>
  )
}

/** Taking the permission back, or changing what was shared, is one click away, wherever the thread stands. */
function TakeBack({ t, file }: { readonly t: Words; readonly file: ThreadFile }) {
  const { thread, releaseId } = file
  if (releaseId === null || thread.caseId === null || !file.shared) return null
  const service = thread.body?.serviceId ?? null
  return (
    <p class="govuk-body-s">
      <a class="govuk-link" href={releasePath('withdraw', thread.caseId, releaseId)}>
        {t('referrals.act.withdraw.button')}
      </a>
      {service === null ? null : (
        <>
          {' · '}
          <a class="govuk-link" href={amendPath(thread.caseId, service, releaseId)}>
            {t('referrals.act.amend.button')}
          </a>
        </>
      )}
    </p>
  )
}

/** What an act is called: an answer with nothing asked is writing to them. */
function buttonText(t: Words, thread: Thread, act: ThreadAct, asked: boolean): string {
  const words = act === 'answer' && !asked ? 'write' : act
  return t(`referrals.act.${words}.button`, { agency: thread.otherName })
}

function NextActs(p: {
  readonly t: Words
  readonly file: ThreadFile
  readonly acts: readonly ThreadAct[]
  readonly asked: boolean
}) {
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
          {thread.caseId === null ? <p class="govuk-hint">{t('referrals.act.refer.hint')}</p> : null}
        </form>
      ) : null}
      {acts.length === 0 ? null : (
        <ButtonGroup>
          {acts.map((act, index) => (
            <Button
              href={threadPath(actPath[act], thread.id)}
              variant={index === 0 && !asked && act !== 'end' ? undefined : 'secondary'}
            >
              {buttonText(t, thread, act, p.asked)}
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
        <Button name="how" value="send" variant="secondary">
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
  const elsewhere =
    caseId === null ? null : <Button href={casePath('menu', caseId)}>{t('referrals.hold.next')}</Button>
  if (next.length === 0)
    return (
      <>
        <p class="govuk-body">{t('referrals.thread.no-door')}</p>
        {elsewhere}
      </>
    )
  return (
    <>
      <h3 class="govuk-heading-s">{t('referrals.thread.next-doors')}</h3>
      <ul class="govuk-list">
        {next.map((door) => (
          <li>
            {door.serviceId === '' ? (
              door.name
            ) : (
              <a class="govuk-link" href={doorPath(file, door.serviceId)}>
                {door.name}
              </a>
            )}
            {door.phone === '' ? '' : `, ${door.phone}`}
          </li>
        ))}
      </ul>
      {next.some((door) => door.serviceId !== '') ? null : elsewhere}
    </>
  )
}

/** Where a suggested service is asked next: with what was agreed before, where there was a permission. */
function doorPath({ thread: { caseId, kind }, releaseId }: ThreadFile, serviceId: string): string {
  if (caseId === null) return directoryPaths.service(serviceId)
  return kind === 'ask' ? referPath(caseId, serviceId, true) : againPath(caseId, serviceId, releaseId)
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
  reopen: 'reopen',
  undo: 'undo',
  session: 'session',
  unreached: 'unreached',
}
