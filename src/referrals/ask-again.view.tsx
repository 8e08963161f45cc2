import type { Words } from '#platform/i18n'
import { Button } from '#platform/ui'

import { askAgainFrom, whyLate } from './chase.rules.ts'
import type { ThreadFile } from './file.actions.ts'
import { threadPath } from './paths.ts'

/** For the side that waits: when the answer was asked for, and one button that asks again without a word. */
export function AskAgain(p: {
  readonly t: Words
  readonly file: ThreadFile
  readonly mayWrite: boolean
  /** An organisation without an account: it has no list, and gets no mail but a link. */
  readonly office: boolean
}) {
  const { t, file } = p
  const { thread } = file
  const from = askAgainFrom(thread, file.events, file.shared)
  if (from === null || !p.mayWrite) return null
  if (p.office) return from.getTime() > Date.now() ? null : <ByNewLink t={t} file={file} />
  const last = file.events.findLast((event) => event.kind === 'nudged')
  if (from.getTime() > Date.now())
    return last === undefined ? null : (
      <p class="govuk-body-s">
        {t('referrals.again.asked', { when: t.dateTime(last.at), from: t.dateTime(from) })}
      </p>
    )
  return (
    <form method="post" action={threadPath('pleaseAnswer', thread.id)}>
      <p class="govuk-hint">{t(hintOf('hint', thread), { agency: thread.otherName })}</p>
      <Button variant="secondary">{t('referrals.again.button')}</Button>
    </form>
  )
}

/** What has gone by, and what the other side gets. */
function hintOf(hint: 'hint' | 'office-hint', thread: ThreadFile['thread']): string {
  const why = whyLate(thread)
  return `referrals.again.${why === null ? hint : `${hint}-${why}`}`
}

function ByNewLink({ t, file: { thread } }: { readonly t: Words; readonly file: ThreadFile }) {
  const agency = thread.otherName
  return (
    <>
      <p class="govuk-hint">{t(hintOf('office-hint', thread), { agency })}</p>
      <Button href={threadPath('link', thread.id)} variant="secondary">
        {t('referrals.again.office', { agency })}
      </Button>
    </>
  )
}
