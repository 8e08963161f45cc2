import { type Context, Hono } from 'hono'
import { z } from 'zod'

import {
  casePath,
  colleaguesOf,
  type ContactWay,
  mustGoThrough,
  nextSafeTime,
  safeWays,
  ThroughNote,
} from '#people'
import {
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, InsetText, Input, Radios, Timeline, WarningText } from '#platform/ui'

import { paths, threadPath } from './paths.ts'
import { ActFrame } from './screen.view.tsx'
import { tryResults } from './thread.ts'
import { keepTry, type Reach, reachOf } from './tries.actions.ts'
import { maySayNotReached, resultsOn, triesSince, tryAnswer } from './tries.rules.ts'
import { triedText } from './tries.view.ts'
import { momentOf } from './when.rules.ts'

const Form = z.object({
  way: z.string('referrals.tries.way-missing').min(1, 'referrals.tries.way-missing').max(50),
  came: z.enum(tryResults, 'referrals.tries.came-missing'),
  time: z.string().max(5).default(''),
  version: z.coerce.number().int(),
})

export const triesPage = new Hono<MemberEnv>()

/** Each try to reach the person, with the ways that are safe at this moment. */
triesPage.get(paths.tries, needs('referral:write'), async (c) => {
  const reach = await reachOf(c.var.db, c.var.actor, c.req.param('id'))
  return reach === null ? notFound(c) : show(c, reach, {}, {})
})

triesPage.post(paths.tries, needs('referral:write'), async (c) => {
  const { db, actor, t } = c.var
  const id = c.req.param('id')
  const form = await readForm(c, Form)
  const reach = await reachOf(db, actor, id)
  if (reach === null) return notFound(c)
  if (!form.ok) return show(c, reach, form.values, form.errors)
  const { way, came, time, version } = form.data
  const values = { way, came, time }
  const when = timeOf(time, t.timeZone)
  if (when === null) return show(c, reach, values, { time: t('referrals.tries.time-wrong') })
  const done = await keepTry(db, actor, { threadId: id, version }, { wayId: way, came, when })
  if (!('refused' in done)) return c.redirect(`${threadPath('tries', id)}#tried`, 303)
  if (done.refused === 'no-thread') return notFound(c)
  if (done.refused === 'not-safe') {
    const safe =
      done.safeFrom === null ? '' : t('referrals.tries.safe-from', { when: t.dateTime(done.safeFrom) })
    const way = [t('referrals.tries.not-counted'), t(done.key), safe].filter((part) => part !== '').join(' ')
    return show(c, reach, values, { way })
  }
  if (done.refused === 'not-on-this-way')
    return show(c, reach, values, { came: t('referrals.tries.came-wrong') })
  if (done.refused === 'no-way') return show(c, reach, values, { way: t('referrals.tries.way-missing') })
  const again = await reachOf(db, actor, id)
  return again === null ? notFound(c) : show(c, again, values, { way: t('referrals.tries.changed') })
})

/** A time of today that is over; nothing typed is now. */
function timeOf(time: string, zone: string): Date | null {
  if (time === '') return new Date()
  const today = Temporal.Now.plainDateISO(zone).toString()
  const at = /^\d{1,2}:\d{2}$/.test(time) ? momentOf(today, time.padStart(5, '0'), zone) : null
  const when = at === null ? null : new Date(at)
  return when === null || when.getTime() > Date.now() + 60_000 ? null : when
}

async function show(c: Context<MemberEnv>, reach: Reach, values: FormValues, errors: FieldErrors) {
  const { t, db, actor } = c.var
  const { thread } = reach.thread
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  const ways = reach.contact === null || reach.contact.nothingAtAll ? [] : safeWays(reach.contact)
  return c.html(
    <ActFrame
      screen={c.var}
      thread={thread}
      act="tries"
      go={t('referrals.tries.go')}
      errors={errors}
      after={<After t={t} reach={reach} names={names} />}
    >
      {reach.file === null ? null : <ThroughNote t={t} file={reach.file} accountId={actor.accountId} />}
      {ways.length === 0 ? (
        <WarningText>{t('referrals.tries.no-way')}</WarningText>
      ) : (
        <Radios
          name="way"
          legend={t('referrals.tries.way')}
          hint={t('referrals.tries.way-hint')}
          value={textOf(values, 'way') || (ways.length === 1 ? ways[0]?.id : undefined)}
          error={errors['way']}
          items={ways.map((way) => ({
            value: way.id,
            text: t(`people.contact.channel.${way.channel}`),
            hint: nowText(t, reach, way),
          }))}
        />
      )}
      <Radios
        name="came"
        legend={t('referrals.tries.came')}
        hint={t('referrals.tries.came-hint')}
        value={textOf(values, 'came')}
        error={errors['came']}
        items={tryResults
          .filter((each) => ways.length === 0 || ways.some((way) => resultsOn(way).includes(each)))
          .map((each) => ({ value: each, text: t(`referrals.tries.result.${each}`) }))}
      />
      <Input
        name="time"
        label={t('referrals.tries.time')}
        hint={t('referrals.tries.time-hint')}
        type="time"
        width={5}
        value={textOf(values, 'time')}
        error={errors['time']}
      />
    </ActFrame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}

/** Whether this way is safe now, and else from when on. */
function nowText(t: Words, { contact }: Reach, way: ContactWay): string {
  const now = new Date()
  const answer = tryAnswer({ contact }, way, 'no-answer', now)
  if (!('refused' in answer)) return t('referrals.tries.safe-now')
  const next = answer.safeFrom ?? nextSafeTime(way, now)
  return next === null || !answer.overridable
    ? t(answer.key)
    : `${t(answer.key)} ${t('referrals.tries.safe-from', { when: t.dateTime(next) })}`
}

/** What was tried so far, and what can be said once it was often enough. */
function After(p: { readonly t: Words; readonly reach: Reach; readonly names: ReadonlyMap<string, string> }) {
  const { t, reach } = p
  const { thread } = reach.thread
  const count = triesSince(reach.tries)
  const through = reach.file === null ? null : mustGoThrough(reach.file, '')
  return (
    <section aria-labelledby="tried">
      <h2 class="govuk-heading-m" id="tried">
        {t('referrals.tries.so-far')}
      </h2>
      {reach.tries.length === 0 ? (
        <p class="govuk-body">{t('referrals.tries.none')}</p>
      ) : (
        <Timeline
          items={reach.tries.toReversed().map((each) => ({
            when: t.dateTime(each.at),
            machineTime: each.at,
            what: triedText(t, each),
            who: p.names.get(each.by) ?? t('people.notes.gone'),
          }))}
        />
      )}
      {count === 0 ? null : (
        <InsetText>
          {t('referrals.tries.count', { count, enough: reach.enough })}{' '}
          {through === null ? '' : t('referrals.tries.ask-chosen', { name: through.name })}
        </InsetText>
      )}
      {maySayNotReached(reach.tries, reach.enough) && thread.state !== 'unreached' ? (
        <Button href={threadPath('unreached', thread.id)} variant="secondary">
          {t('referrals.tries.say-not-reached')}
        </Button>
      ) : null}
      {thread.caseId === null ? null : (
        <p class="govuk-body">
          <a class="govuk-link" href={casePath('contactNow', thread.caseId)}>
            {t('people.contact-now.title')}
          </a>
        </p>
      )}
    </section>
  )
}
