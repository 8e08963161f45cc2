import { casePath } from '#people'
import type { Words } from '#platform/i18n'

import { actsOpen } from './thread.rules.ts'
import { type ThreadPath, threadPath } from './paths.ts'
import type { Thread } from './thread.ts'
import { triesSince } from './tries.rules.ts'

const over: readonly Thread['state'][] = ['sent', 'declined', 'met', 'ended', 'withdrawn']

/** Being in touch with the person: each try. While they are not reached, the next step says every way on from there. */
export function Reaching(p: { readonly t: Words; readonly thread: Thread; readonly mayWrite: boolean }) {
  const { t, thread } = p
  if (!p.mayWrite || thread.kind === 'ask' || over.includes(thread.state)) return null
  const count = triesSince(thread.body?.tries ?? [])
  if (thread.state === 'unreached') return null
  return (
    <p class="govuk-body-s">
      <a class="govuk-link" href={threadPath('tries', thread.id)}>
        {t('referrals.tries.link')}
      </a>{' '}
      {count === 0 ? '' : t('referrals.tries.so-many', { count })}
    </p>
  )
}

/** Every way on from where somebody is not reached; it never ends by itself. */
export function WaysOn({ t, thread }: { readonly t: Words; readonly thread: Thread }) {
  return (
    <section aria-labelledby="ways-on">
      <h3 class="govuk-heading-s" id="ways-on">
        {t('referrals.unreached.ways-on')}
      </h3>
      <ul class="govuk-list govuk-list--bullet">
        {waysOn(thread).map(({ key, href }) => (
          <li>
            <a class="govuk-link" href={href}>
              {t(`referrals.unreached.way-${key}`, { agency: thread.otherName })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface Way {
  readonly key: string
  readonly href: string
}

function waysOn(thread: Thread): readonly Way[] {
  const open = actsOpen(thread)
  const act = (key: string, what: 'question' | 'answer' | 'introduce' | 'met', page: ThreadPath) =>
    open.includes(what) ? [{ key, href: threadPath(page, thread.id) }] : []
  const ofCase: readonly Way[] =
    thread.caseId === null
      ? []
      : [
          { key: 'chosen', href: casePath('chosen', thread.caseId) },
          { key: 'way', href: casePath('contact', thread.caseId) },
        ]
  return [
    ...ofCase,
    { key: 'time', href: threadPath('tries', thread.id) },
    ...act('ask', 'question', 'question'),
    ...act('answer', 'answer', 'answer'),
    ...act('introduction', 'introduce', 'introduce'),
    ...act('met', 'met', 'met'),
  ]
}
