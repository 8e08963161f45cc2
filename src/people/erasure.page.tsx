import { Hono } from 'hono'

import { type MemberEnv, needs, notFound } from '#platform/http'
import { DenseList, PageHeading } from '#platform/ui'

import { proofsOf } from './erasure.store.ts'
import { ErasureSheet } from './erasure.view.tsx'
import { WorkFrame } from './frame.view.tsx'
import { erasurePath, paths } from './paths.ts'

export const erasurePage = new Hono<MemberEnv>()

/** Every proof of an erasure that is kept: the day and the reason, never whose it was. */
erasurePage.get(paths.erasures, needs('privacy:lead'), async (c) => {
  const { db, actor, t } = c.var
  const proofs = await proofsOf(db, actor)
  return c.html(
    <WorkFrame
      screen={c.var}
      title={t('people.erasures.title')}
      back={{ href: paths.work, text: t('people.work.title') }}
    >
      <PageHeading>{t('people.erasures.title')}</PageHeading>
      <p class="govuk-body">{t('people.erasures.lead')}</p>
      <DenseList
        items={proofs.map((proof) => ({
          href: erasurePath(proof.id),
          title: t.date(proof.erasedOn),
          meta: t(`people.erase.why-${proof.why}`),
        }))}
        empty={t('people.erasures.none')}
      />
    </WorkFrame>,
  )
})

erasurePage.get(paths.erasure, needs('privacy:lead'), async (c) => {
  const { db, actor, t } = c.var
  const proof = (await proofsOf(db, actor, 1000)).find((each) => each.id === c.req.param('erasure'))
  if (proof === undefined) return notFound(c)
  return c.html(
    <WorkFrame
      screen={c.var}
      title={t('people.erasure.title')}
      back={{ href: paths.erasures, text: t('people.erasures.title') }}
    >
      <ErasureSheet t={t} erasedOn={proof.erasedOn} proof={proof} names={null} paper={null} />
    </WorkFrame>,
  )
})
