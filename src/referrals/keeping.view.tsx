import { casePath } from '#people'
import type { Words } from '#platform/i18n'
import { Button, DenseList, InsetText, SummaryList } from '#platform/ui'

import { hearsAnswer } from './chase.rules.ts'
import type { ThreadFile } from './file.actions.ts'
import { holderKey, isOpen, needsSameDay } from './keeping.rules.ts'
import type { Keeping } from './keeping.ts'
import type { Letter } from './letter.ts'
import { threadPath } from './paths.ts'
import { type Tried, triedText } from './tried.actions.ts'

interface KeepingProps {
  readonly t: Words
  readonly file: ThreadFile
  readonly keeping: Keeping | null
  /** What else was tried for the case; empty where there is none. */
  readonly tried: readonly Tried[]
  readonly mayWrite: boolean
}

/** Who keeps hold of the person now, what there is meanwhile, and what was tried. */
export function KeepingPart(p: KeepingProps) {
  const { t, file, keeping, mayWrite } = p
  const sentence = holderSentence(t, file, keeping)
  if (sentence === null) return null
  const open = file.thread.side === 'from' && isOpen(keeping)
  return (
    <section aria-labelledby="keeps-hold">
      <h2 class="govuk-heading-m" id="keeps-hold">
        {t('referrals.hold.title')}
      </h2>
      <p class="govuk-body app-measure">{sentence}</p>
      {open && mayWrite ? (
        <Button href={threadPath('acknowledged', file.thread.id)} variant="secondary">
          {t('referrals.act.acknowledged.button')}
        </Button>
      ) : null}
      <NotAsked t={t} no={noIn(file)} side={file.thread.side} />
      {file.thread.side === 'from' ? <Meanwhile {...p} /> : null}
      {open ? <TriedSoFar t={t} tried={p.tried} /> : null}
      {open && file.thread.caseId !== null ? <WaysOn t={t} caseId={file.thread.caseId} /> : null}
    </section>
  )
}

function holderSentence(t: Words, file: ThreadFile, keeping: Keeping | null): string | null {
  const { thread } = file
  const reason = noIn(file)?.reason
  const danger = reason === undefined ? false : needsSameDay(reason)
  const key = holderKey({
    side: thread.side,
    state: thread.state,
    keeping,
    danger,
    told: hearsAnswer(thread),
  })
  if (key === null) return null
  const settled = keeping?.body.settled
  return t(`referrals.hold.${key}`, {
    agency: thread.otherName,
    service: settled?.how === 'word' || settled?.how === 'thread' ? settled.service : '',
    person: settled?.how === 'word' ? settled.person : '',
    when: settled?.how === 'word' ? t.dateTime(settled.at) : '',
  })
}

function noIn(file: ThreadFile): Extract<Letter, { about: 'declined' }> | null {
  const letter = file.pieces.findLast((piece) => piece.letter?.about === 'declined')?.letter
  return letter?.about === 'declined' ? letter : null
}

/** A no for a disability or a diagnosis that nobody looked at as an effect of the abuse can be asked about again. */
function NotAsked(p: {
  readonly t: Words
  readonly no: Extract<Letter, { about: 'declined' }> | null
  readonly side: 'from' | 'to'
}) {
  if (p.side !== 'from' || p.no?.effectOfAbuse === undefined || p.no.effectOfAbuse === 'yes') return null
  return <InsetText>{p.t(`referrals.hold.effect-${p.no.effectOfAbuse}`)}</InsetText>
}

const meanwhileStates: readonly string[] = [
  'sent',
  'received',
  'question',
  'waiting',
  'unreached',
  'declined',
]

/** What there is for the person until somebody takes over; asked for while they wait and after a no. */
function Meanwhile({ t, file: { thread }, keeping, mayWrite }: KeepingProps) {
  const kept = keeping?.body.meanwhile ?? null
  const asked = meanwhileStates.includes(thread.state) || isOpen(keeping)
  if (kept === null && !(asked && mayWrite)) return null
  const link = (
    <a class="govuk-link" href={threadPath('meanwhile', thread.id)}>
      {t(`referrals.act.meanwhile.${kept === null ? 'button' : 'change'}`)}
    </a>
  )
  if (kept === null)
    return (
      <p class="govuk-body">
        {thread.state === 'waiting' || isOpen(keeping) ? `${t('referrals.hold.meanwhile-none')} ` : ''}
        {link}
      </p>
    )
  return (
    <>
      <SummaryList
        compact
        rows={[
          { key: t('referrals.hold.meanwhile'), value: kept.what },
          { key: t('referrals.hold.meanwhile-who'), value: kept.who },
          ...(kept.askOn === null
            ? []
            : [{ key: t('referrals.hold.meanwhile-ask'), value: t.date(kept.askOn) }]),
        ]}
      />
      {mayWrite ? <p class="govuk-body">{link}</p> : null}
    </>
  )
}

/** Every service that was asked for this person, with what it answered: no story is told again to find out. */
export function TriedSoFar({ t, tried }: { readonly t: Words; readonly tried: readonly Tried[] }) {
  if (tried.length === 0) return null
  return (
    <>
      <h3 class="govuk-heading-s">{t('referrals.tried.title')}</h3>
      <DenseList
        items={tried.map((each) => ({
          href: threadPath('thread', each.threadId),
          title: each.service === '' ? each.agency : each.service,
          meta: [each.service === '' ? '' : each.agency, triedText(t, each)].filter(Boolean).join(' · '),
        }))}
        empty=""
      />
    </>
  )
}

function WaysOn({ t, caseId }: { readonly t: Words; readonly caseId: string }) {
  return (
    <p class="govuk-body">
      <a class="govuk-link" href={casePath('menu', caseId)}>
        {t('referrals.hold.next')}
      </a>
      {' · '}
      <a class="govuk-link" href={casePath('nowhere', caseId)}>
        {t('referrals.nowhere.link')}
      </a>
    </p>
  )
}
