import { Hono } from 'hono'

import type { SiteEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import { type MailOrder, waitingMail } from '#platform/mail'
import { EmptyState, PageHeading, PlainPage, Table } from '#platform/ui'

import { paths } from './paths.ts'

type Waiting = MailOrder & { readonly dueAt: Date }

/** What would have left by mail, were there a mail server: here it stays and can be read. */
export function outboxPage(): Hono<SiteEnv> {
  const page = new Hono<SiteEnv>()
  page.get(paths.outbox, async (c) => {
    const { t, site } = c.var
    const waiting = await waitingMail(site.pools, site.installation)
    return c.html(<Outbox t={t} waiting={waiting} home={c.var.config.publicUrl} />)
  })
  return page
}

function Outbox({
  t,
  waiting,
  home,
}: {
  readonly t: Words
  readonly waiting: readonly Waiting[]
  /** Where a mail without a link of its own leads. */
  readonly home: string
}) {
  // Many get the same few words: each letter is shown once, with everybody it would go to.
  const letters = Object.entries(
    Object.groupBy(waiting, (mail) => t(`mail.${mail.template}.text`, { link: mail.link ?? home })),
  )
  return (
    <PlainPage t={t} title={t('demo.outbox.title')} staff wide back="/">
      <PageHeading>{t('demo.outbox.title')}</PageHeading>
      <p class="govuk-body">{t('demo.outbox.text')}</p>
      {letters.length === 0 ? (
        <EmptyState title={t('demo.outbox.empty')}>{t('demo.outbox.empty-text')}</EmptyState>
      ) : null}
      {letters.map(([text, mails = []]) => (
        <section>
          <h2 class="govuk-heading-m">{t('mail.subject')}</h2>
          <div class="app-card">
            <Letter text={text} />
          </div>
          <Table
            caption={t('demo.outbox.goes-to')}
            captionHidden
            head={[t('demo.outbox.to'), t('demo.outbox.due')]}
            rows={mails.map((mail) => [mail.to, t.dateTime(mail.dueAt)])}
            dense
          />
        </section>
      ))}
    </PlainPage>
  )
}

/** The letter as it would arrive, line by line; an address in it can be followed. */
function Letter({ text }: { readonly text: string }) {
  return (
    <p class="govuk-body">
      {text.split('\n').map((line) => (
        <>
          {/^https?:/.test(line) ? (
            <a class="govuk-link" href={line}>
              {line}
            </a>
          ) : (
            line
          )}
          <br />
        </>
      ))}
    </p>
  )
}
