import { Hono } from 'hono'

import { serviceById } from '#directory'
import { openFile } from '#people'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import { type Content, EmptyState, InsetText, SummaryList, Table, Lines } from '#platform/ui'
import {
  CaseFrame,
  itemKey,
  itemOf,
  itemVerdicts,
  type ItemVerdict,
  listedVerdicts,
  nameToUse,
  releaseOf,
  releasePath,
  releasePaths,
  ruleKey,
} from '#releases'

import { linesFor } from './who-helps.rules.ts'
import { helperText, letterRows } from './letter.view.ts'
import { offeredItems } from './offered.view.ts'
import { deskOf, requestOf } from './sending.actions.ts'
import { SendingSteps } from './sending.view.tsx'

export const viewAsPage = new Hono<MemberEnv>()

/** A draft as its recipient would read it, what stays here, and by which rule: before anything is signed or sent. */
viewAsPage.get(releasePaths.viewAs, needs('release:write'), async (c) => {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id'))
  const stored = file === null ? null : await releaseOf(db, file.key, c.req.param('release'))
  if (file === null || stored === null || stored.state !== 'draft') return notFound(c)
  const desk = await deskOf(db, actor, file)
  const { kept } = stored
  const { release } = kept
  const service = await serviceById(db, kept.service.id ?? '')
  const going = new Set(release.items.map(itemKey))
  const staying = offeredItems(t, desk, service)
    .filter((item) => !going.has(item.key))
    .map((item) => itemOf(item))
  const to = release.recipient.agency
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t('releases.view-as.title', { to })}
      back={{
        href: releasePath(kept.talked ? 'send' : 'draft', file.caseId, stored.id),
        text: t('releases.view-as.back'),
      }}
    >
      <SendingSteps
        t={t}
        caseId={file.caseId}
        releaseId={stored.id}
        current={kept.talked ? 'send' : 'pick'}
      />
      <p class="govuk-body-l">{t('releases.view-as.lead', { to })}</p>
      <h2 class="govuk-heading-m">{t('releases.view-as.sees', { to })}</h2>
      <SummaryList
        rows={[
          ...letterRows(t, requestOf(t, actor, desk.own, stored, null)),
          ...linesFor(release, file.helpers).map((line) => ({
            key: t('releases.held.helper', { agency: line.agency }),
            value: helperText(t, line),
          })),
        ].map(({ key, value }) => ({ key, value: <Lines text={value} /> }))}
      />
      <InsetText>{t('releases.view-as.after', { to })}</InsetText>
      <RuleTable
        t={t}
        caption={t('releases.view-as.goes-by')}
        verdicts={listedVerdicts(release, desk.context)}
        none={t('releases.view-as.nothing-goes')}
      />
      <RuleTable
        t={t}
        caption={t('releases.view-as.stays')}
        verdicts={itemVerdicts(release, staying, desk.context)}
        none={t('releases.view-as.nothing-stays')}
      />
      <p class="govuk-body">{t('releases.view-as.never', { to })}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={releasePaths.rules}>
          {t('releases.list.rules')}
        </a>
      </p>
    </CaseFrame>,
  )
})

/** What gets the same answer by the same rules stands together; each rule is a link to its row. */
function RuleTable(p: {
  readonly t: Words
  readonly caption: string
  readonly verdicts: readonly ItemVerdict[]
  readonly none: string
}) {
  const { t, caption, verdicts } = p
  if (verdicts.length === 0) return <EmptyState title={caption}>{p.none}</EmptyState>
  return (
    <Table
      caption={caption}
      head={[t('releases.view-as.item'), t('releases.view-as.answer'), t('releases.view-as.rule')]}
      rows={alike(verdicts).map(({ titles, verdict }) => [
        lines(titles),
        <>
          <p class="govuk-!-margin-0">{t(`releases.view-as.outcome.${verdict.outcome}`)}</p>
          {verdict.missing.length === 0 ? null : (
            <p class="govuk-hint govuk-!-margin-0">{t.list(verdict.missing.map((each) => t(each.key)))}</p>
          )}
        </>,
        lines(
          verdict.rules.map((rule) => (
            <>
              <a class="govuk-link" href={`${releasePaths.rules}#${rule}`}>
                {rule}
              </a>{' '}
              {t(ruleKey(rule))}
            </>
          )),
        ),
      ])}
    />
  )
}

function lines(of: readonly Content[]) {
  return (
    <ul class="govuk-list govuk-!-margin-0">
      {of.map((each) => (
        <li>{each}</li>
      ))}
    </ul>
  )
}

interface Alike {
  readonly titles: readonly string[]
  readonly verdict: ItemVerdict['verdict']
}

function alike(verdicts: readonly ItemVerdict[]): readonly Alike[] {
  const groups = new Map<string, Alike>()
  for (const { item, verdict } of verdicts) {
    const key = [verdict.outcome, ...verdict.rules, ...verdict.missing.map((each) => each.need)].join(' ')
    const titles = groups.get(key)?.titles ?? []
    groups.set(key, { titles: titles.includes(item.title) ? titles : [...titles, item.title], verdict })
  }
  return [...groups.values()]
}
