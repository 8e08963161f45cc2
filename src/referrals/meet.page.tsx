import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { asTyped, dateField, dateOf, type FormValues, type MemberEnv, needs, textOf } from '#platform/http'
import { Checkboxes, DateInput, Details, Input, Radios } from '#platform/ui'

import { endThread, recordMet } from './decide.actions.ts'
import { couldHearEnd, MayHear } from './ended.view.tsx'
import { EndingField, endings } from './letter.ts'
import { paths, threadPath } from './paths.ts'
import { ActFrame } from './screen.view.tsx'
import { afterAct, type DrawAct, showAct, typedFor } from './task.ts'
import { refusalOf } from './thread.rules.ts'
import { endTellings } from './thread.ts'
import { todayIn } from './typed.view.ts'

const MetForm = z.object({
  says: z.literal('yes', 'referrals.act.met.says-missing'),
  on: dateField(),
  came: z.string().max(200).default(''),
  words: z.string().max(4000).default(''),
  version: z.coerce.number().int(),
})

const EndForm = z.object({
  outcome: EndingField,
  words: z.string().max(4000).default(''),
  /** What the person lets the other side hear. */
  told: z.enum(endTellings).optional(),
  version: z.coerce.number().int(),
})

export const meetPage = new Hono<MemberEnv>()

/** *Met*: only because the person says so. */
meetPage.get(paths.met, needs('referral:write'), (c) =>
  showAct(c, 'met', metPage(c, { on: todayIn(c.var.t.timeZone) ?? '' })),
)

meetPage.post(paths.met, needs('referral:write'), askOnce, async (c) => {
  const typed = await typedFor(c, MetForm, (values, errors) => metPage(c, values, errors))
  if (typed instanceof Response) return typed
  const { thread, data } = typed
  const { version, on, words, came } = data
  const met = { on, words, cameAlong: came }
  const done = await recordMet(c.var.db, c.var.actor, { threadId: thread.id, version }, met)
  return afterAct(c, 'met', done, metPage(c, asTyped({ on, words, came, says: 'yes' })))
})

/** The end, with the outcome that the person judges. */
meetPage.get(paths.end, needs('referral:write'), (c) => showAct(c, 'end', endPage(c, {})))

meetPage.post(paths.end, needs('referral:write'), askOnce, async (c) => {
  const typed = await typedFor(c, EndForm, (values, errors) => endPage(c, values, errors))
  if (typed instanceof Response) return typed
  const { thread, data } = typed
  const { version, outcome, words, told } = data
  const values = asTyped({ outcome, words, told })
  if (told === undefined && couldHearEnd(thread)) {
    const errors = { told: c.var.t('referrals.ended.missing') }
    return c.html(await endPage(c, values, errors)(thread), 422)
  }
  const at = { threadId: thread.id, version }
  const done = await endThread(c.var.db, c.var.actor, at, { outcome, words }, told)
  return afterAct(c, 'end', done, endPage(c, values))
})

type Errors = Readonly<Record<string, string>>

function metPage(c: Context<MemberEnv>, values: FormValues, errors?: Errors): DrawAct {
  return (thread, refusal) => {
    const { t } = c.var
    return (
      <ActFrame
        screen={c.var}
        thread={thread}
        act="met"
        go={t('referrals.act.met.go')}
        errors={errors}
        refusal={refusal}
      >
        <Checkboxes
          name="says"
          legend={t('referrals.act.met.says-legend')}
          items={[{ value: 'yes', text: t('referrals.act.met.says') }]}
          values={textOf(values, 'says') === 'yes' ? ['yes'] : []}
          error={errors?.['says']}
        />
        <DateInput
          name="on"
          legend={t('referrals.act.met.on')}
          value={dateOf(values, 'on')}
          error={errors?.['on']}
        />
        <Input
          name="came"
          label={t('referrals.act.met.came')}
          hint={t('referrals.act.met.came-hint', { agency: thread.otherName })}
          width="two-thirds"
          value={textOf(values, 'came')}
        />
        <Details summary={t('referrals.act.met.words-add')} open={textOf(values, 'words') !== ''}>
          <AboutText
            t={t}
            name="words"
            label={t('referrals.act.met.words')}
            hint={t('referrals.act.met.words-hint', { agency: thread.otherName })}
            rows={3}
            value={textOf(values, 'words')}
          />
        </Details>
      </ActFrame>
    )
  }
}

function endPage(c: Context<MemberEnv>, values: FormValues, errors?: Errors): DrawAct {
  return (thread, refusal) => {
    const { t } = c.var
    return (
      <ActFrame
        screen={c.var}
        thread={thread}
        act="end"
        go={t('referrals.act.end.go')}
        errors={errors}
        refusal={refusal}
      >
        <Radios
          name="outcome"
          legend={t('referrals.act.end.outcome')}
          items={endings.map((each) => ({ value: each, text: t(`referrals.outcome.${each}`) }))}
          value={textOf(values, 'outcome')}
          error={errors?.['outcome']}
        />
        {refusalOf(thread, 'unreached') === null ? (
          <p class="govuk-body">
            <a class="govuk-link" href={threadPath('tries', thread.id)}>
              {t('referrals.act.end.tries')}
            </a>
          </p>
        ) : null}
        <AboutText
          t={t}
          name="words"
          label={t('referrals.act.end.words')}
          hint={t('referrals.act.end.words-hint', { agency: thread.otherName })}
          rows={3}
          value={textOf(values, 'words')}
        />
        <MayHear t={t} thread={thread} value={textOf(values, 'told')} error={errors?.['told']} />
      </ActFrame>
    )
  }
}
