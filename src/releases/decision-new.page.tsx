import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { askOnce } from '#language'
import { otherAgencies, pinsOf } from '#parties'
import { type CaseFile, openFile, openForWork, readFile } from '#people'
import { type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, Input, InsetText, TermNotes, WarningText } from '#platform/ui'

import { Choose, TheLayers, ThePerson, TheRisk, WhatGoes } from './decision-form.view.tsx'
import { makeDecision } from './decision.actions.ts'
import { atRiskIds, type DecisionRecord } from './decision.ts'
import { type DecisionContext, mayDecide, wantsSecond } from './decision.rules.ts'
import { isAboutAChild } from './draft.rules.ts'
import { CaseFrame, errorsOf } from './frame.view.tsx'
import { type HeldItem, heldItems, nameToUse } from './held-items.view.ts'
import { excludedParties, namedIn } from './named.rules.ts'
import { paths, releasePath } from './paths.ts'
import { rulesFor } from './rule-packs.ts'

const text = z.string().max(4000).default('')
const pick = z.string().max(200).default('')

/** A group of answers in which one has to be picked. */
const answer = <const T extends readonly [string, ...string[]]>(name: string, values: T) =>
  z.enum(values, `releases.decision.problem.missing-${name}`)

const Form = z.object({
  to: z.string().max(40),
  decision: answer('decision', ['share', 'not-share']),
  pick: z.array(z.string().max(200)).max(60).default([]),
  facts: text,
  withheld: text,
  purpose: text,
  service: answer('service', ['wants', 'does-not-want', 'not-asked']),
  agreement: answer('agreement', ['agrees', 'refuses', 'not-asked']),
  agreementWhy: text,
  wishes: text,
  capacity: text,
  told: answer('told', ['yes', 'not-yet']),
  toldWhy: text,
  riskOfSharing: text,
  riskOfNot: text,
  atRisk: z.array(z.enum(atRiskIds)).default([]),
  childWishes: text,
  careNeeds: z.string().max(5).default(''),
  power: pick,
  powerWords: text,
  article6: pick,
  statedNeed: text,
  special: z.enum(['yes', 'no', '']).default(''),
  article9: pick,
  offenceData: z.enum(['yes', 'no', '']).default(''),
  offence: pick,
  confidence: pick,
  rights: text,
  proportionate: z.string().max(5).default(''),
  steps: z
    .array(z.string().regex(/^[a-z0-9-]{1,40}$/))
    .max(10)
    .default([]),
  adviser: pick,
  adviserRole: pick,
  days: answer('days', ['7', '14', '30']),
})

/** Records the layered test and the reasons, before anything goes without agreement. Only where the law of the place knows it. */
export const decisionNewPage = new Hono<MemberEnv>()

decisionNewPage.get(paths.decide, needs('release:write'), async (c) => {
  const file = await openFile(c.var.db, c.var.actor, c.req.param('id'))
  const desk = file === null ? null : await deskFor(c, file, c.req.query('to') ?? '')
  return desk === null ? notFound(c) : c.html(<DecidePage c={c} desk={desk} typed={{}} errors={{}} />)
})

decisionNewPage.post(paths.decide, needs('release:write'), askOnce, async (c) => {
  const { db, actor, t } = c.var
  const opened = await openForWork(db, actor, c.req.param('id'), 'changing')
  if (opened === null) return notFound(c)
  const form = await readForm(c, Form)
  const values: FormValues = form.ok ? typedOf(form.data) : form.values
  const to = values['to']
  const desk = await deskFor(c, await readFile(db, opened), typeof to === 'string' ? to : '')
  if (desk === null) return notFound(c)
  if (!form.ok) return c.html(<DecidePage c={c} desk={desk} typed={values} errors={form.errors} />, 422)
  const record = recordOfForm(form.data, desk.items, t('releases.item.short-summary'))
  const made = await makeDecision(db, actor, opened.key, desk.to, record, desk.context)
  if (!('refused' in made)) return c.redirect(releasePath('decision', desk.file.caseId, made.id), 303)
  if (made.refused !== 'problems') return notFound(c)
  const errors = errorsOf(t, made.problems, (field) => field)
  return c.html(<DecidePage c={c} desk={desk} typed={values} errors={errors} />, 422)
})

interface DecideDesk {
  readonly file: CaseFile
  readonly to: { readonly partyId: string; readonly agency: string; readonly sector: string }
  readonly items: readonly HeldItem[]
  readonly context: DecisionContext
}

/** What the case, the partner and the rules say; null where the place does not know it or the agency is no partner. */
async function deskFor(c: Context<MemberEnv>, file: CaseFile, to: string): Promise<DecideDesk | null> {
  const { db, actor, t } = c.var
  const rules = rulesFor(actor)
  const agencies = await otherAgencies(db, actor.partyId)
  const pinned = (await pinsOf(db, actor.partyId)).some((pin) => pin.partner_id === to)
  const agency = agencies.find((each) => each.partyId === to)
  if (!mayDecide(rules.law) || !pinned || agency === undefined) return null
  return {
    file,
    to: { partyId: to, agency: agency.name, sector: agency.sector },
    items: heldItems(t, file, new Set()),
    context: {
      rules,
      fromSector: actor.sector,
      to: { partyId: to, sector: agency.sector },
      people: namedIn(file),
      excluded: excludedParties(file.danger?.notSafeToTalkTo ?? '', agencies),
      aboutChild: isAboutAChild(file),
    },
  }
}

function recordOfForm(
  form: z.infer<typeof Form>,
  items: readonly HeldItem[],
  summary: string,
): DecisionRecord {
  const { to: _to, pick: picked, facts, careNeeds, proportionate, days, ...rest } = form
  const chosen = items.filter((item) => picked.includes(item.key))
  const said = facts.trim()
  return {
    ...rest,
    items: [
      ...chosen.map(({ kind, ref, title, text: words, data }) => ({
        kind,
        ref,
        title,
        text: words,
        ...(data === undefined ? {} : { data }),
      })),
      ...(said === '' ? [] : [{ kind: 'short-summary' as const, ref: null, title: summary, text: said }]),
    ],
    ...trimmed(rest),
    careNeeds: careNeeds === 'yes',
    proportionate: proportionate === 'yes',
    days: Number(days),
  }
}

function trimmed<T extends Readonly<Record<string, unknown>>>(given: T): T {
  const pairs = Object.entries(given).map(([key, value]) => [
    key,
    typeof value === 'string' ? value.trim() : value,
  ])
  return Object.fromEntries(pairs) as T
}

function typedOf(data: z.infer<typeof Form>): FormValues {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, value]))
}

function DecidePage(p: {
  readonly c: Context<MemberEnv>
  readonly desk: DecideDesk
  readonly typed: FormValues
  readonly errors: Readonly<Record<string, string>>
}) {
  const { desk, typed, errors } = p
  const { t } = p.c.var
  const { file, to, context } = desk
  const part = { t, typed, errors }
  return (
    <CaseFrame
      screen={p.c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t('releases.decision.title', { to: to.agency })}
      back={{ href: releasePath('decisions', file.caseId), text: t('releases.decision.list') }}
      errors={errors}
    >
      <p class="govuk-body-l">{t('releases.decision.lead')}</p>
      <WarningText>{t('releases.decision.no-permission')}</WarningText>
      <form method="post" action={releasePath('decide', file.caseId)} class="app-form" novalidate>
        <input type="hidden" name="to" value={to.partyId} />
        <ThePerson {...part} />
        <TheRisk {...part} />
        <Choose p={part} name="decision" values={['share', 'not-share']} />
        <WhatGoes {...part} items={desk.items} at={context} />
        <TheLayers {...part} at={context} />
        <Input
          name="adviser"
          label={t('releases.decision.label.adviser')}
          hint={t('releases.decision.hint.adviser')}
          error={errors['adviser']}
          value={typeof typed['adviser'] === 'string' ? typed['adviser'] : ''}
        />
        <Input
          name="adviserRole"
          label={t('releases.decision.label.adviserRole')}
          value={typeof typed['adviserRole'] === 'string' ? typed['adviserRole'] : ''}
        />
        <Choose p={part} name="days" values={['7', '14', '30']} inline />
        <InsetText>
          {t(
            wantsSecond(context.rules.law) ? 'releases.decision.second-next' : 'releases.decision.send-next',
          )}
        </InsetText>
        <Button>{t('releases.decision.save')}</Button>
      </form>
      <TermNotes t={t} terms={['referral']} />
    </CaseFrame>
  )
}
