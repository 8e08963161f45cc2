import type { Words } from '#platform/i18n'
import { type Content, Lines, SummaryList } from '#platform/ui'

import type { ChildPlan, ChildStep, Plan, SafetyPart, SafetyPlan, SuicidePlan } from './plan.ts'
import { suicideTexts } from './plan.ts'
import { byDay, saysSomething } from './plan.rules.ts'

/** What a part is called: the person's own title, else the one they chose. */
export function partTitle(t: Words, part: Pick<SafetyPart, 'about' | 'title'>): string {
  return part.about === 'own' && part.title !== '' ? part.title : t(`plans.safety.part.${part.about}`)
}

/** A step in one sentence: who does what by when. */
function stepLine(t: Words, step: ChildStep): string {
  const who = step.who === '' ? t(`plans.child.owner-${step.owner}`) : step.who
  const line = t('plans.child.step-line', { who, what: step.what })
  const by = step.by === '' ? '' : ` ${t('plans.child.step-by', { date: t.date(step.by) })}`
  return `${line}${by}${step.done ? ` ${t('plans.child.step-done')}` : ''}`
}

/** A child-welfare plan line by line. */
export function childLines(t: Words, plan: ChildPlan): readonly string[] {
  return [
    plan.whose,
    plan.different,
    ...byDay(plan.steps).map((step) => stepLine(t, step)),
    plan.survivorSays,
  ]
}

/** One version of a plan as it is read: on paper, and among the versions. */
export function PlanText({ t, plan }: { readonly t: Words; readonly plan: Plan }): Content {
  if (plan.kind === 'safety') return <SafetyText t={t} plan={plan.value} />
  return plan.kind === 'suicide' ? (
    <SuicideText t={t} plan={plan.value} />
  ) : (
    <ChildText t={t} plan={plan.value} />
  )
}

function SafetyText({ t, plan }: { readonly t: Words; readonly plan: SafetyPlan }) {
  const rows = plan.parts
    .filter(saysSomething)
    .map((part) => ({ key: partTitle(t, part), value: <Lines text={part.words} /> }))
  return <SummaryList rows={rows} />
}

function SuicideText({ t, plan }: { readonly t: Words; readonly plan: SuicidePlan }) {
  const day = (iso: string) => (iso === '' ? '' : t.date(iso))
  const rows = [
    ...suicideTexts.map((name) => [`plans.suicide.${name}`, plan[name]] as const),
    ['plans.suicide.agreed', plan.agreed] as const,
    ['plans.suicide.reviewedOn', day(plan.reviewedOn)] as const,
    ['plans.suicide.reviewOn', day(plan.reviewOn)] as const,
  ]
  return <SummaryList rows={said(t, rows)} />
}

function ChildText({ t, plan }: { readonly t: Words; readonly plan: ChildPlan }) {
  const steps = byDay(plan.steps)
    .map((step) => stepLine(t, step))
    .join('\n')
  const rows = [
    ['plans.child.whose', plan.whose],
    ['plans.child.different', plan.different],
    ['plans.child.steps', steps],
    ['plans.child.survivorSays', plan.survivorSays],
    ['plans.child.reviewOn', plan.reviewOn === '' ? '' : t.date(plan.reviewOn)],
  ] as const
  return <SummaryList rows={said(t, rows)} />
}

function said(t: Words, rows: readonly (readonly [key: string, text: string])[]) {
  return rows
    .filter(([, text]) => text !== '')
    .map(([key, text]) => ({ key: t(key), value: <Lines text={text} /> }))
}
