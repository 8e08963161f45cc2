import { Hono } from 'hono'

import { mayDo } from '#platform/access'
import { type MemberEnv, needs } from '#platform/http'
import { DenseList, PageHeading, StaffPage } from '#platform/ui'

import { paths } from './paths.ts'

export const homePage = new Hono<MemberEnv>()

/** Where signing in leads: casework goes straight to its work, everyone else to a page that says what is theirs here. */
homePage.get(paths.home, needs('home'), (c) => {
  const { actor, t, nav } = c.var
  if (mayDo(actor.roles, 'case:read')) return c.redirect('/work', 303)
  const items = nav
    .filter((entry) => entry.href !== paths.home)
    .map((entry) => ({ href: entry.href, title: entry.text, meta: '' }))
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} current={paths.home} title={t('parties.home.title')}>
      <PageHeading>{t('parties.home.title')}</PageHeading>
      {actor.roles.map((role) => (
        <p class="govuk-body">
          <strong>{t(`parties.role.${role}.name`)}.</strong> {t(`parties.role.${role}.does`)}
        </p>
      ))}
      <DenseList items={items} empty={t('parties.home.nothing')} />
    </StaffPage>,
  )
})
