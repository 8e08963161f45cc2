import { Hono } from 'hono'

import type { SiteEnv } from '#platform/http'
import { waitingMail } from '#platform/mail'
import { EmptyState, PageHeading, PlainPage, SummaryList } from '#platform/ui'

import { paths } from './paths.ts'

/** What would have left by mail, were there a mail server: here it stays and can be read. */
export function outboxPage(): Hono<SiteEnv> {
  const page = new Hono<SiteEnv>()
  page.get(paths.outbox, async (c) => {
    const { t, site } = c.var
    const waiting = await waitingMail(site.pools, site.installation)
    return c.html(
      <PlainPage t={t} title={t('demo.outbox.title')} staff wide back="/">
        <PageHeading>{t('demo.outbox.title')}</PageHeading>
        <p class="govuk-body">{t('demo.outbox.text')}</p>
        {waiting.length === 0 ? (
          <EmptyState title={t('demo.outbox.empty')}>{t('demo.outbox.empty-text')}</EmptyState>
        ) : (
          waiting.map((mail) => (
            <SummaryList
              title={t('mail.subject')}
              rows={[
                { key: t('demo.outbox.to'), value: mail.to },
                { key: t('demo.outbox.due'), value: t.dateTime(mail.dueAt) },
                {
                  key: t('demo.outbox.says'),
                  value: <MailText text={t(`mail.${mail.template}.text`, { link: mail.link ?? '' })} />,
                },
              ]}
            />
          ))
        )}
      </PlainPage>,
    )
  })
  return page
}

/** The letter as it would arrive, line by line; an address in it can be followed. */
function MailText({ text }: { readonly text: string }) {
  return (
    <>
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
    </>
  )
}
