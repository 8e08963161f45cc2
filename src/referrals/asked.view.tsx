import type { Words } from '#platform/i18n'
import { Button, DenseList } from '#platform/ui'

import type { AskedBeside } from './call-off.actions.ts'
import { awaited, looks, looksLeft, saidYes } from './call-off.rules.ts'
import { stateText } from './line.view.tsx'
import { threadPath } from './paths.ts'
import type { Thread } from './thread.ts'

interface Props {
  readonly t: Words
  readonly thread: Thread
  readonly beside: readonly AskedBeside[]
  /** How often the page still looks again by itself, as its address says. */
  readonly look: string | undefined
  readonly mayWrite: boolean
}

/** Whoever asked waits here: that the page looks by itself, which others were asked, and that none is needed any more. */
export function Asked(p: Props) {
  const { t, thread, beside } = p
  if (thread.side !== 'from' || thread.kind !== 'ask') return null
  const open = [thread, ...beside].filter(awaited)
  const others = beside.filter(awaited)
  const left = looksLeft(p.look, [thread, ...beside])
  return (
    <>
      {left === 0 ? null : (
        <p class="govuk-body">
          {t('referrals.asked.looking', { seconds: looks.every })}{' '}
          <a class="govuk-link" href={threadPath('thread', thread.id)}>
            {t('referrals.asked.stop')}
          </a>
        </p>
      )}
      {beside.length === 0 ? null : (
        <section aria-labelledby="asked-together">
          <h2 class="govuk-heading-m" id="asked-together">
            {t('referrals.asked.together')}
          </h2>
          <DenseList items={beside.map((each) => itemOf(t, each))} empty="" />
          {[thread, ...beside].some(saidYes) && open.length > 0 ? (
            <p class="govuk-body app-measure">{t('referrals.asked.first-yes')}</p>
          ) : null}
        </section>
      )}
      {p.mayWrite && saidYes(thread) && others.length > 0 ? (
        <CallOff t={t} thread={thread} who="others" />
      ) : null}
      {p.mayWrite && awaited(thread) ? <CallOff t={t} thread={thread} who="this" /> : null}
    </>
  )
}

function CallOff(p: {
  readonly t: Words
  readonly thread: Pick<Thread, 'id'>
  readonly who: 'others' | 'this'
}) {
  return (
    <form method="post" action={threadPath('callOff', p.thread.id)}>
      <input type="hidden" name="who" value={p.who} />
      <Button variant="secondary">{p.t(`referrals.asked.call-off-${p.who}`)}</Button>
    </form>
  )
}

function itemOf(t: Words, each: AskedBeside) {
  return {
    href: threadPath('thread', each.id),
    title: t('referrals.title.from-ask', { agency: each.otherName }),
    meta: each.serviceName,
    tag: { text: stateText(t, { ...each, answered: false }), colour: saidYes(each) ? 'green' : 'blue' },
  } as const
}
