import { Hono } from 'hono'

import { type MemberEnv, needs } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, DenseList, Details, NotificationBanner, PageHeading, StaffPage } from '#platform/ui'

import type { ListedClient } from './client.ts'
import { listedClients } from './client.actions.ts'
import { clientPath, paths } from './paths.ts'
import { endsSoon } from './until.rules.ts'

/** The agency's systems: which there are, when each was last used, and until when it works. */
export const listPage = new Hono<MemberEnv>()

listPage.get(paths.list, needs('agency:admin'), async (c) => {
  const { db, actor, t, nav, config } = c.var
  const clients = await listedClients(db, actor)
  const live = clients.filter((each) => each.state === 'live')
  const over = clients.filter((each) => each.state !== 'live')
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} current={paths.list} title={t('clients.list.title')}>
      {c.req.query('done') === 'revoked' ? (
        <NotificationBanner kind="success">{t('clients.list.revoked')}</NotificationBanner>
      ) : null}
      <PageHeading>{t('clients.list.title')}</PageHeading>
      <p class="govuk-body">{t('clients.list.lead')}</p>
      <p>
        <Button href={paths.add}>{t('clients.list.add')}</Button>
      </p>
      <h2 class="govuk-heading-m">{t('clients.list.live')}</h2>
      <DenseList items={live.map((each) => lineOf(t, each))} empty={t('clients.list.none')} />
      {over.length === 0 ? null : (
        <>
          <h2 class="govuk-heading-m">{t('clients.list.over')}</h2>
          <DenseList items={over.map((each) => lineOf(t, each))} empty="" />
        </>
      )}
      <Details summary={t('clients.list.how')}>
        <p class="govuk-body">{t('clients.list.how-token', { address: config.publicUrl + paths.token })}</p>
        <p class="govuk-body">{t('clients.list.how-me', { address: config.publicUrl + paths.me })}</p>
      </Details>
    </StaffPage>,
  )
})

function lineOf(t: Words, each: ListedClient) {
  const soon = each.state === 'live' && endsSoon(new Date(), each.endsAt)
  return {
    href: clientPath(each.id),
    title: each.name,
    meta: [endText(t, each), usedText(t, each)].join(' · '),
    tag: soon ? { text: t('clients.list.soon'), colour: 'yellow' as const } : undefined,
  }
}

/** Until when it works, or since when it does not. */
export function endText(t: Words, each: ListedClient): string {
  if (each.state === 'live') return t('clients.state.live', { date: t.date(each.endsAt) })
  return t(`clients.state.${each.state}`, { date: t.date(each.endedAt ?? each.endsAt) })
}

/** On which day it last asked for something. */
export function usedText(t: Words, each: ListedClient): string {
  return each.usedOn === null
    ? t('clients.state.unused')
    : t('clients.state.used', { date: t.date(each.usedOn) })
}
