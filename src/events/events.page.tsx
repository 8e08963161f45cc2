import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type FieldErrors, type MemberEnv, needs, readForm, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  Details,
  Input,
  NotificationBanner,
  OneTimeSecret,
  PageHeading,
  StaffPage,
  SummaryList,
  Tag,
} from '#platform/ui'

import { paths } from './paths.ts'
import type { Allowed } from './receiver-address.rules.ts'
import {
  endpointIn,
  rotateSecret,
  type SecretMade,
  sendTest,
  setReceiver,
  turnEvents,
  versionOf,
} from './receiver.actions.ts'
import { lastAsked, type Receiver, receiverOf } from './receiver.store.ts'

const Act = z.object({
  act: z.enum(['set', 'secret', 'on', 'off', 'test']),
  address: z.string().trim().max(1000, 'events.address.too-long').default(''),
  version: z.string().max(20).default(''),
})

const done = ['on', 'off', 'test', 'test-wait'] as const

interface Shown {
  readonly typed?: string
  readonly errors?: FieldErrors
  readonly secret?: string
  readonly status?: 200 | 409 | 422
}

/** For leads: where the agency's own system takes events in, whether it does, and how it may ask instead. */
export function eventsPage(allowed: Allowed) {
  const page = new Hono<MemberEnv>()
  page.get(paths.page, needs('case:lead'), (c) => show(c, allowed, {}))

  page.post(paths.page, needs('case:lead'), async (c) => {
    const { db, actor, t } = c.var
    const form = await readForm(c, Act)
    if (!form.ok)
      return show(c, allowed, {
        typed: textOf(form.values, 'address'),
        errors: { address: form.errors['address'] ?? t('events.address.missing') },
      })
    const { act, address, version } = form.data
    const { installation } = c.var.site
    if (act === 'set') {
      if (address === '')
        return show(c, allowed, { typed: '', errors: { address: t('events.address.missing') } })
      return made(
        c,
        allowed,
        await setReceiver(db, actor, { ...allowed, installation }, { address, version }),
        address,
      )
    }
    if (act === 'secret') return made(c, allowed, await rotateSecret(db, actor, installation, version))
    if (act === 'test')
      return c.redirect(`${paths.page}?done=${(await sendTest(db, actor)) ? 'test' : 'test-wait'}`, 303)
    await turnEvents(db, actor, act === 'on')
    return c.redirect(`${paths.page}?done=${act}`, 303)
  })
  return page
}

/** Shows a new secret, this once; or says at the field why there is none. */
function made(c: Context<MemberEnv>, allowed: Allowed, came: SecretMade, typed?: string) {
  if ('secret' in came) return show(c, allowed, { secret: came.secret })
  const status = came.refused === 'changed-meanwhile' || came.refused === 'none' ? 409 : 422
  const errors = { address: c.var.t(`events.address.${came.refused}`) }
  return show(c, allowed, { errors, status, ...(typed === undefined ? {} : { typed }) })
}

async function show(c: Context<MemberEnv>, allowed: Allowed, shown: Shown) {
  const { db, actor, t, nav } = c.var
  const receiver = await receiverOf(db, actor.partyId)
  const endpoint = endpointIn(c.var.site.installation, actor, receiver)
  const asked = await lastAsked(db, actor.partyId)
  const said = done.find((each) => each === c.req.query('done'))
  const { errors = {} } = shown
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current="/work"
      title={t('events.title')}
      back={{ href: '/work', text: t('events.back') }}
      errors={errors}
    >
      {said === undefined ? null : (
        <NotificationBanner kind={said === 'test-wait' ? 'important' : 'success'}>
          {t(`events.done.${said}`)}
        </NotificationBanner>
      )}
      <PageHeading>{t('events.title')}</PageHeading>
      {shown.secret === undefined ? null : (
        <OneTimeSecret label={t('events.secret.label')} secret={shown.secret}>
          <p class="govuk-body-s">{t('events.secret.kept')}</p>
        </OneTimeSecret>
      )}
      <p class="govuk-body app-measure">{t('events.lead')}</p>
      <p class="govuk-body app-measure">{t('events.never')}</p>
      <h2 class="govuk-heading-m">{t('events.receiver.title')}</h2>
      {receiver === null ? (
        <p class="govuk-body">{t('events.receiver.none')}</p>
      ) : (
        <Standing t={t} receiver={receiver} url={endpoint?.url ?? null} />
      )}
      {allowed.hosts.length === 0 ? (
        <p class="govuk-body app-measure">{t('events.receiver.no-hosts')}</p>
      ) : (
        <AddressForm
          t={t}
          value={shown.typed ?? ''}
          error={errors['address']}
          receiver={receiver}
          openAtOnce={receiver === null || errors['address'] !== undefined}
        />
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.deliveries}>
          {t('events.deliveries.title')}
        </a>
      </p>
      <h2 class="govuk-heading-m">{t('events.asking.title')}</h2>
      <p class="govuk-body app-measure">{t('events.asking.text', { path: paths.api })}</p>
      <p class="govuk-body">
        {asked === null ? t('events.asking.never') : t('events.asking.last', { when: t.dateTime(asked) })}
      </p>
    </StaffPage>,
    shown.status ?? (Object.keys(errors).length > 0 ? 422 : 200),
  )
}

/** Whether it takes events in, and what can be done about it. */
function Standing(p: { readonly t: Words; readonly receiver: Receiver; readonly url: string | null }) {
  const { t, receiver } = p
  const on = receiver.state === 'on'
  const key = on ? (receiver.failingSince === null ? 'on' : 'failing') : 'off'
  const colour = { on: 'green', failing: 'orange', off: 'red' } as const
  const moment = (at: Date | null) => (at === null ? t('events.receiver.not-yet') : t.dateTime(at))
  return (
    <>
      <SummaryList
        rows={[
          { key: t('events.receiver.address'), value: p.url ?? t('events.receiver.unreadable') },
          {
            key: t('events.receiver.state'),
            value: <Tag colour={colour[key]}>{t(`events.state.${key}`)}</Tag>,
          },
          ...(receiver.whyOff === null
            ? []
            : [{ key: t('events.receiver.why'), value: t(`events.why.${receiver.whyOff}`) }]),
          { key: t('events.receiver.good'), value: moment(receiver.goodAt) },
          ...(receiver.failingSince === null
            ? []
            : [{ key: t('events.receiver.failing'), value: moment(receiver.failingSince) }]),
        ]}
      />
      <form method="post" action={paths.page} novalidate>
        <input type="hidden" name="version" value={versionOf(receiver)} />
        <ButtonGroup>
          {on ? (
            <Button name="act" value="test">
              {t('events.button.test')}
            </Button>
          ) : (
            <Button name="act" value="on">
              {t('events.button.on')}
            </Button>
          )}
          <Button variant="secondary" name="act" value="secret">
            {t('events.button.secret')}
          </Button>
          {on ? (
            <Button variant="secondary" name="act" value="off">
              {t('events.button.off')}
            </Button>
          ) : null}
        </ButtonGroup>
      </form>
      <p class="govuk-body-s app-muted app-measure">{t('events.secret.day')}</p>
    </>
  )
}

/** The address, for the first time or another. */
function AddressForm(p: {
  readonly t: Words
  readonly value: string
  readonly error: string | undefined
  readonly receiver: Receiver | null
  readonly openAtOnce: boolean
}) {
  const { t, receiver } = p
  const form = (
    <form method="post" action={paths.page} novalidate>
      <input type="hidden" name="version" value={versionOf(receiver)} />
      <Input
        name="address"
        label={t('events.address.label')}
        hint={t('events.address.hint')}
        value={p.value}
        error={p.error}
        inputmode="url"
        autocomplete="off"
      />
      <p class="govuk-body app-measure">{t('events.receiver.reads')}</p>
      <Button name="act" value="set">
        {t('events.button.set')}
      </Button>
    </form>
  )
  return receiver === null ? (
    form
  ) : (
    <Details summary={t('events.address.other')} open={p.openAtOnce}>
      {form}
    </Details>
  )
}
