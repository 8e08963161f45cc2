import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, type DenseItem, DenseList } from '#platform/ui'

import { courtState } from './court.rules.ts'
import { ToldTag } from './frame.view.tsx'
import { groundsIn } from './ground.actions.ts'
import type { StoredGround } from './ground.ts'
import { groundPath } from './paths.ts'

const shownAtOnce = 5

/** A ground in a list: what it is, from or to whom, where it stands, the rule, and whether the person was told. */
export function groundLine(t: Words, caseId: string, ground: StoredGround): DenseItem {
  const { body } = ground
  return {
    href: groundPath('one', caseId, ground.id),
    title: t(`grounds.line.${body.kind}`, { who: body.request.from }),
    meta: t('grounds.line.meta', {
      state: t(`grounds.court.state.${courtState(body)}`),
      date: t.date(body.received.at),
      by: body.received.by,
      rule: body.gone?.items[0]?.rules[0] ?? body.rule,
    }),
    tag: <ToldTag t={t} told={body.told} />,
  }
}

/** The part of a case's page that shows what was shared on other grounds. */
export async function groundSection(db: Tx, _actor: Actor, t: Words, file: CaseFile): Promise<Content> {
  const grounds = await groundsIn(db, file.key)
  return (
    <section>
      <h2 class="govuk-heading-m">{t('grounds.list.title')}</h2>
      <DenseList
        items={grounds.slice(0, shownAtOnce).map((ground) => groundLine(t, file.caseId, ground))}
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
