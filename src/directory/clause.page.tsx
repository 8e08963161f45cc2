import { type Context, Hono } from 'hono'
import { type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { ClauseView, type AskedClause, type ShownClause } from './clause.view.tsx'
import { choicesIn, ClauseForm } from './clause-form.ts'
import { choicesOf, conditionOf, type ChosenCondition } from './clause-form.rules.ts'
import { setClause } from './editor.actions.ts'
import { ownEntry } from './entry.page.tsx'
import { clausesWith, lookNow } from './look-now.ts'
import { paths, routePaths } from './paths.ts'
import { conditionSaid, sentenceOf } from './sentence.rules.ts'

export const clausePage = new Hono<MemberEnv>()

/** One clause of who a service is for: choose, read the sentence it makes, and see at once what it does. */
clausePage.get(routePaths.clause, needs('directory:edit'), async (c) => {
  const asked = await askedClause(c)
  if (asked === null) return notFound(c)
  const { clause } = asked
  return answer(c, asked, {
    sentence: clause?.sentence ?? '',
    soft: clause?.soft ?? false,
    source: clause?.source ?? '',
    owner: clause?.owner ?? '',
    reviewedOn: dayOf(clause?.reviewedOn ?? undefined),
    why: '',
    choices: choicesOf(clause?.condition ?? {}),
  })
})

clausePage.post(routePaths.clause, needs('directory:edit'), async (c) => {
  const asked = await askedClause(c)
  if (asked === null) return notFound(c)
  const form = await readForm(c, ClauseForm)
  const shown = form.ok
    ? {
        ...form.data,
        soft: form.data.soft.length > 0,
        reviewedOn: dayOf(form.data.reviewedOn),
        choices: choicesIn(form.data),
      }
    : typedOf(form.values)
  const made = conditionOf(shown.choices, asked.clause?.condition ?? {})
  const act = form.ok ? form.data.act : 'look'
  if (act === 'remove') {
    await setClause(c.var.db, c.var.actor, at(asked), { act, why: shown.why })
    return c.redirect(paths.saved(asked.service.id), 303)
  }
  const errors = {
    ...(form.ok ? {} : form.errors),
    ...(made.ok ? {} : { [`${made.end}-${made.facet}`]: c.var.t(`directory.clause.${made.rule}`) }),
  }
  if (!form.ok || !made.ok) return answer(c, asked, shown, errors)
  const sentence = sentenceFor(asked, shown.sentence, made, act === 'say')
  if (act !== 'save') return answer(c, asked, { ...shown, sentence })
  const { soft, source, owner, why } = shown
  const change = {
    act,
    sentence,
    soft,
    source,
    owner,
    why,
    reviewedOn: form.data.reviewedOn ?? null,
  } as const
  const done = await setClause(c.var.db, c.var.actor, at(asked), { ...change, condition: made.condition })
  if (!('refused' in done)) return c.redirect(paths.saved(asked.service.id), 303)
  if (done.refused !== 'address') return notFound(c)
  return answer(c, asked, { ...shown, sentence }, { sentence: c.var.t('directory.refusal.address') })
})

/** The page with what the choices do; with errors, without it. */
async function answer(
  c: Context<MemberEnv>,
  asked: AskedClause,
  shown: ShownClause,
  errors: Readonly<Record<string, string>> = {},
) {
  const made = conditionOf(shown.choices, asked.clause?.condition ?? {})
  const wrong = Object.keys(errors).length > 0
  const { service } = asked
  const look =
    wrong || !made.ok
      ? null
      : {
          condition: made.condition,
          answer: await lookNow(c.var.db, service, {
            clauses: clausesWith(service, at(asked).position, made.condition),
            after: service.afterNeeds,
          }),
        }
  return c.html(
    <ClauseView screen={c.var} asked={asked} shown={shown} look={look} errors={errors} />,
    wrong ? 422 : 200,
  )
}

/** A sentence left empty, or made from choices, follows the choices; a person's own words stay. */
function sentenceFor(
  { service }: AskedClause,
  typed: string,
  made: Extract<ChosenCondition, { ok: true }>,
  take: boolean,
): string {
  const own = typed !== '' && conditionSaid(typed, service.pack) === null
  return own && !take ? typed : sentenceOf(made.condition, service.pack)
}

function typedOf(values: FormValues): ShownClause {
  const text = (name: string) => [values[name] ?? ''].flat()[0] ?? ''
  return {
    sentence: text('sentence'),
    soft: text('soft') === 'yes',
    source: text('source'),
    owner: text('owner'),
    why: text('why'),
    reviewedOn: {
      day: text('reviewedOn-day'),
      month: text('reviewedOn-month'),
      year: text('reviewedOn-year'),
    },
    choices: choicesIn(values),
  }
}

function dayOf(date: string | undefined): ShownClause['reviewedOn'] {
  const [year = '', month = '', day = ''] = date?.split('-') ?? []
  return { day: day.replace(/^0/, ''), month: month.replace(/^0/, ''), year }
}

function at({ service, clause }: AskedClause) {
  return { serviceId: service.id, position: clause?.position ?? ('new' as const) }
}

async function askedClause(c: Context<MemberEnv>): Promise<AskedClause | null> {
  const service = await ownEntry(c)
  const position = c.req.param('position')
  if (service === null) return null
  if (position === 'new') return { service, clause: null }
  const clause = service.thresholds.find((each) => String(each.position) === position)
  return clause === undefined ? null : { service, clause }
}
