import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { directoryPaths } from '#directory'
import { members } from '#parties'
import { type MemberEnv, needs, notFound, readFields, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  Input,
  InsetText,
  NotificationBanner,
  PageHeading,
  Radios,
  Select,
  StaffPage,
  SummaryList,
  WarningText,
} from '#platform/ui'
import { appliedOfFeed, askingArrivalOf, readyArrivalOf } from './arrival.store.ts'
import { ApplyAll, ArrivalReport, namesOf, Runs } from './arrival.view.tsx'
import { feedAddress } from './feed-address.rules.ts'
import { actOnFeed, followFeed, setFeed } from './feed.actions.ts'
import { type Feed, FeedForm } from './feed.ts'
import { paces } from './feed.rules.ts'
import { feedById } from './feed.store.ts'
import { stateText } from './feed.view.tsx'
import { justDone } from './just-done.ts'
import { chooseFeedColumns } from './mapping.actions.ts'
import { columnsTyped } from './mapping-form.rules.ts'
import { MappingPart } from './mapping.view.tsx'
import { paths, routePaths } from './paths.ts'
import { differenceCounts, problemGroups } from './staged.store.ts'

export const feedPage = new Hono<MemberEnv>()

type Values = Partial<Record<keyof FeedForm, string | string[]>>

feedPage.get(paths.newFeed, needs('directory:edit'), async (c) =>
  c.html(await newView(c, { pace: 'daily' }, {})),
)

/** Begins to follow an address. */
feedPage.post(paths.newFeed, needs('directory:edit'), async (c) => {
  const { t, db, actor, site } = c.var
  const form = await readForm(c, FeedForm)
  if (!form.ok) {
    const wrong = addressWrong(c, said(form.values['address']) ?? '')
    return c.html(await newView(c, form.values, { ...wrong, ...form.errors }), 422)
  }
  const known = await withKeeper(c, form.data)
  const done = await followFeed(db, actor, known, { loopback: site.demo })
  if (!('refused' in done)) return c.redirect(paths.feed(done.id), 303)
  const address = t(`exchange.address.${done.refused}`)
  return c.html(await newView(c, form.data, { address }), 422)
})

/** One feed: how it stands, what differs, how it is followed, what its publisher learns. */
feedPage.get(routePaths.feed, needs('directory:edit'), async (c) => {
  const feed = await feedById(c.var.db, c.req.param('id'))
  return feed === null ? notFound(c) : c.html(await feedView(c, feed, {}, {}))
})

feedPage.post(routePaths.feed, needs('directory:edit'), async (c) => {
  const { db, actor } = c.var
  const feed = await feedById(db, c.req.param('id'))
  const form = await readForm(c, FeedForm.omit({ address: true }))
  if (feed === null) return notFound(c)
  if (!form.ok) return c.html(await feedView(c, feed, form.values, form.errors), 422)
  await setFeed(db, actor, feed.id, await withKeeper(c, { ...form.data, address: feed.address }))
  return c.redirect(`${paths.feed(feed.id)}?saved=1`, 303)
})

feedPage.post(routePaths.feedAct, needs('directory:edit'), async (c) => {
  const form = await readForm(c, z.object({ act: z.enum(['stop', 'go-on', 'look', 'trust', 'columns']) }))
  const feed = form.ok ? await actOnFeed(c.var.db, c.var.actor, c.req.param('id'), form.data.act) : null
  return feed === null ? notFound(c) : c.redirect(paths.feed(feed.id), 303)
})

/** Which column of a followed table is which. */
feedPage.post(routePaths.feedColumns, needs('directory:edit'), async (c) => {
  const { t, db, actor, site } = c.var
  const id = c.req.param('id')
  const typed = columnsTyped(await readFields(c))
  const done = await chooseFeedColumns(db, actor, site.installation, id, typed)
  if (!('refused' in done)) return c.redirect(`${paths.feed(id)}?columns=1`, 303)
  const feed = await feedById(db, id)
  if (feed === null) return notFound(c)
  if (done.refused === 'missing') return c.redirect(paths.feed(id), 303)
  const errors = { 'column-name': t('exchange.mapping.needs-name') }
  return c.html(await feedView(c, feed, {}, errors, typed), 422)
})

/** What is wrong with an address, said together with what else is wrong. */
function addressWrong(
  { var: { t, site } }: Context<MemberEnv>,
  typed: string,
): Readonly<Record<string, string>> {
  if (typed.trim() === '') return {}
  const read = feedAddress(typed, { loopback: site.demo })
  return read.ok ? {} : { address: t(`exchange.address.${read.refused}`) }
}

/** A keeper must be one of the agency's editors; anybody else stands for all of them. */
async function withKeeper(c: Context<MemberEnv>, form: FeedForm): Promise<FeedForm> {
  const known = (await editorsOf(c)).some((each) => each.accountId === form.keeper)
  return known ? form : { ...form, keeper: '' }
}

async function editorsOf({ var: { db, actor } }: Context<MemberEnv>) {
  return (await members(db, actor)).filter((each) => each.roles.includes('directory-editor'))
}

async function newView(c: Context<MemberEnv>, values: Values, errors: Readonly<Record<string, string>>) {
  const { t, actor, nav } = c.var
  const title = t('exchange.feed.new')
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={directoryPaths.editor}
      title={title}
      back={paths.files}
      errors={errors}
    >
      <PageHeading>{title}</PageHeading>
      <p class="govuk-body">{t('exchange.feed.new-lead')}</p>
      <form method="post" action={paths.newFeed}>
        <Input
          name="address"
          type="url"
          label={t('exchange.feed.address')}
          hint={t('exchange.feed.address-hint')}
          value={said(values.address)}
          error={errors['address']}
          spellcheck={false}
        />
        <HowFollowed t={t} values={values} errors={errors} editors={await editorsOf(c)} />
        <Learns t={t} />
        <Button>{t('exchange.feed.go')}</Button>
      </form>
    </StaffPage>
  )
}

async function feedView(
  c: Context<MemberEnv>,
  feed: Feed,
  typed: Values,
  errors: Readonly<Record<string, string>>,
  columns: ReadonlyMap<string, string> = new Map(),
) {
  const { t, db, actor, nav } = c.var
  const done = justDone(c)
  const values: Values = {
    name: feed.name,
    pace: feed.pace,
    keeper: feed.keeperId ?? '',
    byItself: feed.byItself ? 'yes' : 'no',
    ...typed,
  }
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={directoryPaths.editor}
      title={feed.name}
      back={paths.files}
      errors={errors}
    >
      <PageHeading>{feed.name}</PageHeading>
      {done === null ? null : <NotificationBanner kind="success">{done}</NotificationBanner>}
      <State t={t} feed={feed} />
      {await Waiting(c, feed, { typed: columns, error: errors['column-name'] })}
      <Standing t={t} feed={feed} />
      <Runs t={t} runs={await appliedOfFeed(db, feed.id)} names={await namesOf(db, actor)} />
      <h2 class="govuk-heading-m">{t('exchange.feed.settings')}</h2>
      <form method="post" action={paths.feed(feed.id)}>
        <HowFollowed t={t} values={values} errors={errors} editors={await editorsOf(c)} />
        <Button variant="secondary">{t('exchange.feed.save')}</Button>
      </form>
      <Learns t={t} />
    </StaffPage>
  )
}

/** How it stands, in a sentence; where it is not right, what we do about it. */
function State({ t, feed }: { readonly t: Words; readonly feed: Feed }) {
  const { trouble, state } = feed
  if (trouble === null || state === 'stopped') return <p class="govuk-body-l">{stateText(t, feed)}</p>
  return (
    <>
      <WarningText>{t(`exchange.trouble.${trouble}`)}</WarningText>
      <p class="govuk-body">
        {t('exchange.feed.trouble-since', { when: t.dateTime(feed.troubleSince ?? feed.madeAt) })}
        {'. '}
        {t('exchange.feed.last-good')}
      </p>
    </>
  )
}

function Standing({ t, feed }: { readonly t: Words; readonly feed: Feed }) {
  const { trouble, state } = feed
  const good =
    feed.goodAt === null
      ? t('exchange.feed.never')
      : t('exchange.feed.good-text', { when: t.dateTime(feed.goodAt), count: feed.records ?? 0 })
  const next = Date.parse(feed.nextAt) > Date.now() ? t.dateTime(feed.nextAt) : t('exchange.feed.next-soon')
  return (
    <>
      <SummaryList
        title={t('exchange.feed.standing')}
        compact
        rows={[
          { key: t('exchange.feed.where'), value: <span class="app-path">{feed.address}</span> },
          {
            key: t('exchange.feed.last'),
            value: feed.triedAt === null ? t('exchange.feed.never') : t.dateTime(feed.triedAt),
          },
          { key: t('exchange.feed.good'), value: good },
          ...(state === 'stopped' ? [] : [{ key: t('exchange.feed.next'), value: next }]),
          { key: t('exchange.feed.since'), value: t.date(feed.madeAt) },
        ]}
      />
      <form method="post" action={paths.feedAct(feed.id)}>
        <ButtonGroup>
          {state === 'stopped' ? (
            <Button name="act" value="go-on">
              {t('exchange.feed.go-on')}
            </Button>
          ) : (
            <>
              {trouble === 'shrunk' || trouble === 'ids-changed' ? (
                <Button name="act" value="trust">
                  {t('exchange.feed.trust')}
                </Button>
              ) : null}
              <Button variant="secondary" name="act" value="look">
                {t('exchange.feed.look')}
              </Button>
              {feed.hasColumns ? (
                <Button variant="secondary" name="act" value="columns">
                  {t('exchange.feed.columns-again')}
                </Button>
              ) : null}
              <Button variant="secondary" name="act" value="stop">
                {t('exchange.feed.stop')}
              </Button>
            </>
          )}
        </ButtonGroup>
      </form>
    </>
  )
}

/** What the newest whole state would change, and the button that puts it in. */
async function Waiting(
  c: Context<MemberEnv>,
  feed: Feed,
  said: { readonly typed: ReadonlyMap<string, string>; readonly error: string | undefined },
) {
  const { t, db } = c.var
  const asking = await askingArrivalOf(db, feed.id)
  if (asking !== null)
    return (
      <section>
        <h2 class="govuk-heading-m">{t('exchange.mapping.title')}</h2>
        {await MappingPart({ c, arrival: asking, ...said })}
      </section>
    )
  const arrival = await readyArrivalOf(db, feed.id)
  if (arrival === null) return null
  if (arrival.state === 'applying') return <InsetText>{t('exchange.file.applying')}</InsetText>
  const shown = {
    arrival,
    counts: await differenceCounts(db, arrival.id),
    problems: (await problemGroups(db, arrival.id)).length,
  }
  return (
    <>
      <ArrivalReport t={t} shown={shown} />
      <ApplyAll t={t} shown={shown} />
    </>
  )
}

function HowFollowed({
  t,
  values,
  errors,
  editors,
}: {
  readonly t: Words
  readonly values: Values
  readonly errors: Readonly<Record<string, string>>
  readonly editors: readonly { readonly accountId: string; readonly card: { readonly name: string } }[]
}) {
  return (
    <>
      <Input
        name="name"
        label={t('exchange.feed.name')}
        value={said(values.name)}
        error={errors['name']}
        width="two-thirds"
      />
      <Radios
        name="pace"
        legend={t('exchange.feed.pace')}
        value={said(values.pace)}
        error={errors['pace']}
        items={paces.map((pace) => ({ value: pace, text: t(`exchange.feed.${pace}`) }))}
      />
      <Select
        name="keeper"
        label={t('exchange.feed.keeper')}
        value={said(values.keeper) ?? ''}
        items={[
          { value: '', text: t('exchange.feed.keeper-all') },
          ...editors.map((each) => ({ value: each.accountId, text: each.card.name })),
        ]}
      />
      <Radios
        name="byItself"
        legend={t('exchange.feed.by-itself')}
        hint={t('exchange.feed.by-itself-hint')}
        value={said(values.byItself) ?? 'no'}
        items={[
          { value: 'no', text: t('exchange.feed.by-itself-no') },
          { value: 'yes', text: t('exchange.feed.by-itself-yes') },
        ]}
      />
    </>
  )
}

function Learns({ t }: { readonly t: Words }) {
  return (
    <>
      <h2 class="govuk-heading-s">{t('exchange.feed.learns')}</h2>
      <p class="govuk-body">{t('exchange.feed.learns-text')}</p>
    </>
  )
}

function said(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0]
}
