import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import {
  Button,
  DenseList,
  EmptyState,
  Input,
  InsetText,
  NotificationBanner,
  PageHeading,
  Radios,
  WarningText,
} from '#platform/ui'

import { colleaguesOf } from './colleague.store.ts'
import { Refused, TaskFrame, WorkFrame } from './frame.view.tsx'
import { type NameFound, searchNames } from './name-search.actions.ts'
import { pairFiles, pairsFor, type PairShown, unpair } from './pair.actions.ts'
import type { NotPaired } from './pair.ts'
import { casePath, paths } from './paths.ts'
import { fileOf } from './task.ts'

const Find = z.object({
  query: z.string('people.search.missing').trim().min(1, 'people.search.missing').max(120),
})
const With = z.object({ with: z.uuid('people.pair.with-missing') })
const Undo = z.object({ pair: z.uuid() })

/** Both parties are clients of this agency: a privacy lead pairs the two files, and sees which are. */
export const pairPage = new Hono<MemberEnv>()

pairPage.get(paths.pairs, needs('privacy:lead'), async (c) => {
  const { db, actor, t } = c.var
  const pairs = await pairsFor(db, actor)
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  return c.html(
    <WorkFrame
      screen={c.var}
      title={t('people.pair.list')}
      back={{ href: paths.work, text: t('people.work.title') }}
    >
      {c.req.query('done') === undefined ? null : (
        <NotificationBanner kind="success">
          <p class="govuk-notification-banner__heading">{t('people.pair.done')}</p>
        </NotificationBanner>
      )}
      <PageHeading>{t('people.pair.list')}</PageHeading>
      <p class="govuk-body app-measure">{t('people.pair.list-lead')}</p>
      <WarningText>{t('people.pair.warning')}</WarningText>
      {pairs.length === 0 ? (
        <EmptyState title={t('people.pair.none')}>
          <p class="govuk-body">{t('people.pair.none-text')}</p>
        </EmptyState>
      ) : (
        pairs.map((pair) => <OnePair screen={c.var} pair={pair} names={names} />)
      )}
    </WorkFrame>,
  )
})

pairPage.post(paths.pairs, needs('privacy:lead'), async (c) => {
  const form = await readForm(c, Undo)
  if (!form.ok || !(await unpair(c.var.db, c.var.actor, form.data.pair))) return notFound(c)
  return c.redirect(`${paths.pairs}?done=1`, 303)
})

pairPage.get(paths.pair, needs('privacy:lead'), (c) => showPairing(c, {}))

pairPage.post(paths.pair, needs('privacy:lead'), async (c) => {
  const { db, actor } = c.var
  const caseId = c.req.param('id')
  const chosen = await readForm(c, With)
  if (chosen.ok) {
    const done = await pairFiles(db, actor, { one: caseId, other: chosen.data.with })
    if (!('refused' in done)) return c.redirect(`${paths.pairs}?done=1`, 303)
    return done.refused === 'no-case' ? notFound(c) : showPairing(c, { refused: done })
  }
  const form = await readForm(c, Find)
  if (!form.ok) return showPairing(c, { errors: form.errors })
  const { query } = form.data
  const { found } = await searchNames(db, actor, { query })
  return showPairing(c, { query, found: found.filter((each) => each.caseId !== caseId) })
})

interface Shown {
  readonly query?: string
  readonly found?: readonly NameFound[]
  readonly errors?: Readonly<Record<string, string>>
  readonly refused?: NotPaired
}

async function showPairing(c: Context<MemberEnv>, shown: Shown) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { t } = c.var
  const { found, refused } = shown
  const action = casePath('pair', file.caseId)
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('people.pair.title')}
      lead={t('people.pair.lead')}
      errors={shown.errors}
    >
      {refused === undefined ? null : <Refused>{await refusalOf(c, refused)}</Refused>}
      <ul class="govuk-list govuk-list--bullet app-measure">
        <li>{t('people.pair.closes')}</li>
        <li>{t('people.pair.hidden')}</li>
        <li>{t('people.pair.known')}</li>
      </ul>
      <form method="post" action={action} novalidate>
        <Input
          name="query"
          label={t('people.pair.find')}
          hint={t('people.pair.find-hint')}
          value={shown.query ?? ''}
          error={shown.errors?.['query']}
          width="two-thirds"
          spellcheck={false}
        />
        <Button variant="secondary">{t('people.search.go')}</Button>
      </form>
      {found === undefined ? null : found.length === 0 ? (
        <InsetText>{t('people.search.nothing')}</InsetText>
      ) : (
        <form method="post" action={action}>
          <Radios
            name="with"
            legend={t('people.pair.with')}
            small
            items={found.map((each) => ({
              value: each.caseId,
              text: each.name,
              hint: t(`people.role.${each.role}`),
            }))}
          />
          <Button>{t('people.pair.go')}</Button>
        </form>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.pairs}>
          {t('people.pair.list')}
        </a>
      </p>
    </TaskFrame>,
    refused === undefined ? (shown.errors === undefined ? 200 : 422) : 409,
  )
}

async function refusalOf(c: Context<MemberEnv>, refused: NotPaired): Promise<string> {
  const { db, actor, t } = c.var
  if (refused.refused !== 'team-shared') return t(`people.pair.${refused.refused}`)
  const people = await colleaguesOf(db, actor)
  const names = people.filter((each) => refused.accounts.includes(each.accountId)).map((each) => each.name)
  return t('people.pair.team-shared', { names: t.list(names) })
}

function OnePair(p: {
  readonly screen: MemberEnv['Variables']
  readonly pair: PairShown
  readonly names: ReadonlyMap<string, string>
}) {
  const { t } = p.screen
  const { id, files, both } = p.pair
  return (
    <section>
      <DenseList
        items={files.map((file) => ({
          href: casePath('case', file.caseId),
          title: file.name === '' ? t('people.no-name') : file.name,
          meta: t('people.pair.own-team'),
        }))}
        empty={t('people.pair.none')}
      />
      {both.length === 0 ? null : (
        <WarningText>
          {t('people.pair.both', { names: t.list(both.map((each) => p.names.get(each) ?? '')) })}
        </WarningText>
      )}
      <form method="post" action={paths.pairs}>
        <Button variant="secondary" name="pair" value={id}>
          {t('people.pair.undo')}
        </Button>
      </form>
    </section>
  )
}
