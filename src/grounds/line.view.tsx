import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, type DenseItem, DenseList } from '#platform/ui'
import { databaseNow } from '#releases'

import { courtState } from './court.rules.ts'
import { dangerState } from './danger.rules.ts'
import { glassState } from './glass.rules.ts'
import { ToldTag } from './frame.view.tsx'
import { groundsIn } from './ground.actions.ts'
import type { StoredGround } from './ground.ts'
import { injuryState } from './injury.rules.ts'
import { groundPath } from './paths.ts'
import { reportState } from './report.rules.ts'

const shownAtOnce = 5

/** A ground in a list: what it is, from or to whom, where it stands, the rule, and whether the person was told. */
export function groundLine(t: Words, caseId: string, ground: StoredGround, now: Date): DenseItem {
  const { kind, told } = ground.body
  const { who, state, by, at, rule } = lineOf(ground, now)
  return {
    href: groundPath('one', caseId, ground.id),
    title: t(`grounds.line.${kind}`, { who }),
    meta: t('grounds.line.meta', { state: t(`grounds.${kind}.state.${state}`), date: t.date(at), by, rule }),
    tag: <ToldTag t={t} told={told} />,
  }
}

interface Line {
  readonly who: string
  readonly state: string
  readonly by: string
  readonly at: string
  readonly rule: string
}

function lineOf({ body, endsAt }: StoredGround, now: Date): Line {
  if (body.kind === 'court') {
    const rule = body.gone?.items[0]?.rules[0] ?? body.rule
    const { by, at } = body.received
    return { who: body.request.from, state: courtState(body), by, at, rule }
  }
  if (body.kind === 'report') {
    const rule = body.made?.rules[0] ?? (body.sort === 'exposure' ? 'report-2' : 'report-1')
    const { by, at } = body.consulted
    return { who: body.made?.to ?? '', state: reportState(body), by, at, rule }
  }
  if (body.kind === 'injury') {
    const { by, at } = body.written
    return {
      who: body.made?.to ?? '',
      state: injuryState(body),
      by,
      at,
      rule: body.made?.rules[0] ?? body.row,
    }
  }
  if (body.kind === 'glass') {
    const { by, at } = body.opened
    return { who: by, state: glassState(body, endsAt, now), by, at, rule: 'glass-1' }
  }
  const rule = body.sent?.rules[0] ?? 'danger-1'
  const { by, at } = body.asked
  return { who: body.to.agency, state: dangerState(body, endsAt, now), by, at, rule }
}

/** The part of a case's page that shows what was shared on other grounds. */
export async function groundSection(db: Tx, _actor: Actor, t: Words, file: CaseFile): Promise<Content> {
  const grounds = await groundsIn(db, file.key)
  const now = await databaseNow(db)
  return (
    <section>
      <h2 class="govuk-heading-m">{t('grounds.list.title')}</h2>
      <DenseList
        items={grounds.slice(0, shownAtOnce).map((ground) => groundLine(t, file.caseId, ground, now))}
        empty={t('grounds.list.none')}
      />
      <p class="govuk-body">
        <a class="govuk-link" href={groundPath('list', file.caseId)}>
          {t('grounds.list.all')}
        </a>
      </p>
    </section>
  )
}
