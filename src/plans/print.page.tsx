import { type Context, Hono } from 'hono'
import { z } from 'zod'

import {
  type CaseLock,
  type CaseLocked,
  casePath,
  fileOf,
  paperAnswer,
  type Screen,
  TaskFrame,
} from '#people'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { record } from '#platform/ledger'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  InsetText,
  PageHeading,
  PlainPage,
  TermNotes,
  WarningText,
} from '#platform/ui'

import { kindNamed, paths, planPath } from './paths.ts'
import type { Plan, PlanKind } from './plan.ts'
import { plansOf } from './plan.actions.ts'
import { saysSomething } from './plan.rules.ts'
import { partTitle, PlanText } from './plan.view.tsx'

const Sure = z.object({ sure: z.literal('paper').optional(), part: z.array(z.string().max(40)).max(30) })

/**
 * A plan on paper. The first page asks, and holds nothing of the plan but the names of its parts: who could find the paper, and what it
 * shows. The second yes prints, where safe contact lets paper be. While a court's paper waits for its end the plan for the children stays
 * here; the two that are the person's own are still theirs to carry.
 */
export function printPage(lock: CaseLock): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.print, needs('case:read'), (c) => ask(c, lock, 200))
  page.post(paths.print, needs('case:read'), async (c) => {
    const form = await readForm(c, Sure)
    const opened = await openedPlan(c, lock)
    if (opened === null) return notFound(c)
    const { kind, file, plan, locked } = opened
    const { db, actor, t } = c.var
    const asked = form.ok && form.data.sure === 'paper'
    if (plan === null || !asked || locked !== null || !paperAnswer(file.contact, new Date()).may)
      return ask(c, lock, asked ? 409 : 422)
    const shown = plan.kind === 'safety' ? chosenParts(plan, form.data.part) : plan
    await record(db, actor, { kind: 'export.made', of: file.key, detail: { what: `plan-${kind}` } })
    const back = { href: planPath(file.caseId, kind, 'print'), text: t('plans.print.back') }
    return c.html(
      <PlainPage t={t} title={t('plans.print.heading')} back={back} wide>
        <PageHeading>{t('plans.print.heading')}</PageHeading>
        <PlanText t={t} plan={shown} />
      </PlainPage>,
    )
  })
  return page
}

async function openedPlan(c: Context<MemberEnv>, lock: CaseLock) {
  const kind = kindNamed(c.req.param('plan') ?? '')
  const file = kind === null ? null : await fileOf(c)
  if (file === null || kind === null) return null
  const { db, actor } = c.var
  const locked = kind === 'child' ? await lock(db, actor, file) : null
  return { kind, file, plan: (await plansOf(db, file.key))[kind], locked }
}

async function ask(c: Context<MemberEnv>, lock: CaseLock, status: 200 | 409 | 422) {
  const opened = await openedPlan(c, lock)
  if (opened === null) return notFound(c)
  return c.html(<Ask screen={c.var} {...opened} />, opened.locked === null ? status : 409)
}

/** Only the parts that were ticked; none ticked prints none. */
function chosenParts(plan: Plan<'safety'>, ticked: readonly string[]): Plan<'safety'> {
  return { ...plan, value: { parts: plan.value.parts.filter((part) => ticked.includes(part.id)) } }
}

function Ask(p: {
  readonly screen: Screen
  readonly file: NonNullable<Awaited<ReturnType<typeof fileOf>>>
  readonly kind: PlanKind
  readonly plan: Plan | null
  readonly locked: CaseLocked | null
}) {
  const { t } = p.screen
  const { file, kind, plan, locked } = p
  const paper = paperAnswer(file.contact, new Date())
  return (
    <TaskFrame
      screen={p.screen}
      file={file}
      title={t(`plans.${kind}.print`)}
      back={{ href: planPath(file.caseId, kind), text: t(`plans.${kind}.title`) }}
    >
      {locked !== null ? (
        <>
          <WarningText>
            {t('people.print.locked', { sentence: t(locked.key), rule: locked.rule })}
          </WarningText>
          <p class="govuk-body">
            <a class="govuk-link" href={locked.href}>
              {t('people.print.locked-link')}
            </a>
          </p>
        </>
      ) : plan === null ? (
        <p class="govuk-body">{t('plans.none')}</p>
      ) : paper.may ? (
        <form method="post" action={planPath(file.caseId, kind, 'print')}>
          <InsetText>
            <p class="govuk-body">{t('people.print.keep')}</p>
            <p class="govuk-body">{t(`plans.${kind}.print-tells`)}</p>
          </InsetText>
          {plan.kind === 'safety' ? <Parts t={t} plan={plan} /> : null}
          <ButtonGroup>
            <Button name="sure" value="paper">
              {t('plans.print.yes')}
            </Button>
            <a class="govuk-link" href={planPath(file.caseId, kind)}>
              {t('plans.print.no')}
            </a>
          </ButtonGroup>
        </form>
      ) : (
        <>
          <WarningText>{t(paper.key)}</WarningText>
          <p class="govuk-body">
            {t('plans.print.instead')}{' '}
            <a class="govuk-link" href={casePath('contact', file.caseId)}>
              {t('people.contact.title')}
            </a>
          </p>
        </>
      )}
      {kind === 'safety' ? <TermNotes t={t} terms={['safety-plan']} /> : null}
    </TaskFrame>
  )
}

/** What goes on the paper, part by part; nothing is ticked from the start. */
function Parts({ t, plan }: { readonly t: Screen['t']; readonly plan: Plan<'safety'> }) {
  return (
    <Checkboxes
      name="part"
      legend={t('plans.safety.print-parts')}
      hint={t('plans.safety.print-parts-hint')}
      small
      items={plan.value.parts
        .filter(saysSomething)
        .map((part) => ({ value: part.id, text: partTitle(t, part) }))}
      values={[]}
    />
  )
}
