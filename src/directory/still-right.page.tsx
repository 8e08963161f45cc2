import { Hono } from 'hono'
import { z } from 'zod'
import { rowOf } from '#platform/access'
import { type PublicEnv, publicDb, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, InsetText, PageHeading, PlainPage, Tag } from '#platform/ui'
import { paths, routePaths } from './paths.ts'
import { type LinkEntry, linkOpens, sayByLink } from './upkeep.store.ts'

const Form = z.object({ id: z.uuid() })

export const stillRightPage = new Hono<PublicEnv>()

/** What a link from a mail opens. Looking acts on nothing: mail scanners look too. */
stillRightPage.get(routePaths.stillRight, publicDb(), async (c) => {
  const token = c.req.param('token')
  const entries = await linkOpens(c.var.db, rowOf(token))
  if (entries.length === 0) return c.html(<Over t={c.var.t} />, 410)
  return c.html(<Entries t={wordsOf(c, entries)} token={token} entries={entries} wrong={false} />)
})

/** Says that one entry of the link is still right; nothing else can be said without signing in. */
stillRightPage.post(routePaths.stillRight, publicDb(), async (c) => {
  const token = c.req.param('token')
  const form = await readForm(c, Form)
  const said = form.ok ? await sayByLink(c.var.db, rowOf(token), form.data.id) : 'not-listed'
  if (said === 'said') return c.redirect(paths.stillRight(token), 303)
  const entries = await linkOpens(c.var.db, rowOf(token))
  if (entries.length === 0) return c.html(<Over t={c.var.t} />, 410)
  return c.html(<Entries t={wordsOf(c, entries)} token={token} entries={entries} wrong />, 409)
})

function wordsOf(
  c: { readonly var: PublicEnv['Variables'] },
  entries: readonly LinkEntry[],
): PublicEnv['Variables']['t'] {
  const pack = entries[0]?.pack
  return pack === undefined ? c.var.t : c.var.wordsFor({ pack })
}

function Over({ t }: { readonly t: Words }) {
  return (
    <PlainPage t={t} title={t('directory.link.over')}>
      <PageHeading>{t('directory.link.over')}</PageHeading>
      <p class="govuk-body">{t('directory.link.over-text')}</p>
      <Button href={paths.editor}>{t('directory.link.sign-in')}</Button>
    </PlainPage>
  )
}

interface EntriesProps {
  readonly t: Words
  readonly token: string
  readonly entries: readonly LinkEntry[]
  readonly wrong: boolean
}

function Entries({ t, token, entries, wrong }: EntriesProps) {
  const left = entries.filter((each) => !each.said).length
  const count = entries.length
  const title = left === 0 ? t('directory.link.thanks') : t('directory.link.title', { count })
  return (
    <PlainPage t={t} title={title} wide>
      <PageHeading>{title}</PageHeading>
      <p class="govuk-body">
        {t(left === 0 ? 'directory.link.thanks-text' : 'directory.link.lead', { count })}
      </p>
      {wrong ? <InsetText>{t('directory.link.not-listed')}</InsetText> : null}
      {entries.map((entry) => (
        <Entry t={t} token={token} entry={entry} />
      ))}
    </PlainPage>
  )
}

function Entry({
  t,
  token,
  entry,
}: {
  readonly t: Words
  readonly token: string
  readonly entry: LinkEntry
}) {
  return (
    <section>
      <h2 class="govuk-heading-m govuk-!-margin-bottom-1">{entry.name}</h2>
      <p class="govuk-body">
        {entry.organization}.{' '}
        {entry.assuredOn === null
          ? t('directory.fresh.never')
          : t('directory.fresh.checked', { date: t.date(entry.assuredOn) })}{' '}
        <a class="govuk-link" href={paths.service(entry.id)}>
          {t('directory.link.see')}
          <span class="govuk-visually-hidden">: {entry.name}</span>
        </a>
      </p>
      {entry.said ? (
        <p class="govuk-body">
          <Tag colour="green">{t('directory.link.said')}</Tag>
        </p>
      ) : (
        <form method="post" action={paths.stillRight(token)} class="govuk-button-group">
          <Button name="id" value={entry.id}>
            {t('directory.fresh.still-right')}
            <span class="govuk-visually-hidden">: {entry.name}</span>
          </Button>
          <a class="govuk-link" href={paths.entry(entry.id)}>
            {t('directory.link.change')}
            <span class="govuk-visually-hidden">: {entry.name}</span>
          </a>
        </form>
      )}
    </section>
  )
}
