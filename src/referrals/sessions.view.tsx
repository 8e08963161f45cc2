import { casePath } from '#people'
import type { Words } from '#platform/i18n'
import { Button, InsetText, Lines } from '#platform/ui'

import { threadPath } from './paths.ts'
import { asksStill, mayComeFromAbuse } from './session.rules.ts'
import type { KeptSession } from './session.ts'
import { sessionLines } from './session-lines.view.ts'
import { refusalOf } from './thread.rules.ts'
import type { Thread } from './thread.ts'

/** The sessions of a thread on the side that keeps them, newest first, with what is still to be asked. */
export function Sessions(p: {
  readonly t: Words
  readonly thread: Thread
  readonly sessions: readonly KeptSession[]
  readonly shared: boolean
  readonly mayWrite: boolean
}) {
  const { t, thread, sessions } = p
  const open = p.mayWrite && p.shared && refusalOf(thread, 'session') === null
  if (sessions.length === 0 && !open) return null
  return (
    <section aria-labelledby="sessions">
      <h2 class="govuk-heading-m" id="sessions">
        {t('referrals.session.title')}
      </h2>
      {sessions.map((session) => (
        <OneSession t={t} thread={thread} session={session} mayWrite={p.mayWrite} />
      ))}
      {open ? (
        <Button href={threadPath('session', thread.id)} variant="secondary">
          {t('referrals.act.session.button')}
        </Button>
      ) : null}
    </section>
  )
}

function OneSession(p: {
  readonly t: Words
  readonly thread: Thread
  readonly session: KeptSession
  readonly mayWrite: boolean
}) {
  const { t, thread, session } = p
  const lines = sessionLines(t, session).filter(({ value }) => value !== '')
  return (
    <div class="app-card">
      {lines.map(({ key, value }) => (
        <p class="govuk-body-s govuk-!-margin-bottom-1">
          <strong>{key}:</strong> <Lines text={value} />
        </p>
      ))}
      {asksStill(session) ? (
        <InsetText>
          {t('referrals.session.ask-still')}{' '}
          {p.mayWrite ? (
            <a class="govuk-link" href={`${threadPath('session', thread.id)}/${session.id}`}>
              {t('referrals.act.sessionAsked.title')}
            </a>
          ) : null}
        </InsetText>
      ) : null}
      {mayComeFromAbuse(session) ? (
        <InsetText>
          {t('referrals.session.look-again')}{' '}
          {thread.caseId === null ? null : (
            <a class="govuk-link" href={casePath('contact', thread.caseId)}>
              {t('referrals.session.look-again-link')}
            </a>
          )}
        </InsetText>
      ) : null}
    </div>
  )
}
