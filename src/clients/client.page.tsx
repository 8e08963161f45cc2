import { type Context, Hono } from 'hono'

import { members } from '#parties'
import { isId } from '#platform/access'
import { type MemberEnv, needs, notFound } from '#platform/http'
import { Button, InsetText, PageHeading, StaffPage, SummaryList, WarningText } from '#platform/ui'

import type { ListedClient } from './client.ts'
import { listedClient, revokeClient } from './client.actions.ts'
import { endText, usedText } from './list.page.tsx'
import { clientPath, paths } from './paths.ts'
import { scopeText } from './scope.view.ts'
import { endsSoon } from './until.rules.ts'

/** One client: what it may do, and ending it at once. */
export const clientPage = new Hono<MemberEnv>()

clientPage.get(paths.client, needs('agency:admin'), async (c) => {
  const client = await clientOf(c)
  return client === null ? notFound(c) : c.html(await clientView(c, client))
})

clientPage.post(paths.client, needs('agency:admin'), async (c) => {
  const client = await clientOf(c)
  if (client === null) return notFound(c)
  const done = await revokeClient(c.var.db, c.var.actor, client.id)
  // Somebody else ended it first: the page says how it stands.
  return c.redirect('refused' in done ? clientPath(client.id) : `${paths.list}?done=revoked`, 303)
})

async function clientOf(c: Context<MemberEnv>): Promise<ListedClient | null> {
  const id = c.req.param('id') ?? ''
  return isId(id) ? listedClient(c.var.db, c.var.actor, id) : null
}

async function clientView(c: Context<MemberEnv>, client: ListedClient) {
  const { db, actor, t, nav } = c.var
  const people = new Map((await members(db, actor)).map((each) => [each.accountId, each.card.name]))
  const by = people.get(client.madeBy) ?? t('clients.page.left')
  return (
    <StaffPage t={t} actor={actor} nav={nav} title={t('clients.page.title')} back={paths.list}>
      <PageHeading>{client.name}</PageHeading>
      {client.state === 'live' && endsSoon(new Date(), client.endsAt) ? (
        <InsetText>{t('clients.page.soon', { date: t.date(client.endsAt) })}</InsetText>
      ) : null}
      <SummaryList
        rows={[
          { key: t('clients.page.state'), value: endText(t, client) },
          { key: t('clients.page.used'), value: usedText(t, client) },
          {
            key: t('clients.page.made'),
            value: t('clients.page.made-by', { date: t.date(client.madeAt), name: by }),
          },
          { key: t('clients.made.id'), value: <code>{client.id}</code> },
          { key: t('clients.page.scopes'), value: <Scopes t={t} scopes={client.scopes} /> },
        ]}
      />
      {client.state === 'live' ? (
        <>
          <h2 class="govuk-heading-m">{t('clients.page.end')}</h2>
          <p class="govuk-body">{t('clients.page.end-what')}</p>
          <WarningText>{t('clients.page.end-not')}</WarningText>
          <form method="post" action={clientPath(client.id)}>
            <Button variant="warning">{t('clients.page.end-go')}</Button>
          </form>
        </>
      ) : null}
    </StaffPage>
  )
}

function Scopes({
  t,
  scopes,
}: {
  readonly t: MemberEnv['Variables']['t']
  readonly scopes: readonly string[]
}) {
  return (
    <ul class="govuk-list">
      {scopes.map((scope) => (
        <li>
          {scopeText(t, scope)} <code>{scope}</code>
        </li>
      ))}
    </ul>
  )
}
