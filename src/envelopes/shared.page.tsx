import { Hono } from 'hono'

import { otherAgencies } from '#parties'
import { openFile } from '#people'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  DenseList,
  Details,
  EmptyState,
  ForOurRecord,
  InsetText,
  SummaryList,
  Tag,
  type TagColour,
} from '#platform/ui'
import {
  CaseFrame,
  Lines,
  nameToUse,
  releaseOf,
  releasePath,
  standingOf,
  StandingTag,
  standingText,
} from '#releases'

import { sentInCase } from './envelope.store.ts'
import type { Opened } from './envelope.ts'
import { openOutgoing } from './open.actions.ts'
import { paths, sharedPath } from './paths.ts'

/** What a letter says, line by line; the room that writes letters gives it. Null: not a letter it knows. */
export type LetterRows = (
  t: Words,
  body: unknown,
) => readonly { readonly key: string; readonly value: string }[] | null

/** *What was shared*: every envelope that left a case, to whom, when, under which permission, and its words as sent. */
export function sharedPage(rowsOf: LetterRows): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.shared, needs('case:read'), async (c) => {
    const { db, actor, t } = c.var
    const file = await openFile(db, actor, c.req.param('id'))
    if (file === null) return notFound(c)
    const sent = await sentInCase(db, actor.partyId, file.caseId)
    const agencies = new Map(
      (await otherAgencies(db, actor.partyId)).map((each) => [each.partyId, each.name]),
    )
    const items = sent.map((row) => ({
      href: sharedPath('envelope', file.caseId, row.id),
      title: t('envelopes.shared.line', {
        what: t(`envelopes.kind.${row.kind}`),
        to: agencies.get(row.to_party) ?? t('envelopes.an-agency'),
      }),
      meta: t.dateTime(row.sent_at),
      tag: stateTag(t, row),
    }))
    return c.html(
      <CaseFrame
        screen={c.var}
        caseId={file.caseId}
        name={nameToUse(file)}
        title={t('envelopes.shared.title')}
      >
        <p class="govuk-body">{t('envelopes.shared.lead')}</p>
        {items.length === 0 ? (
          <EmptyState title={t('envelopes.shared.none')} />
        ) : (
          <DenseList items={items} empty="" />
        )}
        <ul class="govuk-list">
          <li>
            <a class="govuk-link" href={sharedPath('seen', file.caseId)}>
              {t('envelopes.seen.title')}
            </a>
          </li>
          <li>
            <a class="govuk-link" href={releasePath('list', file.caseId)}>
              {t('releases.list.title')}
            </a>
          </li>
        </ul>
      </CaseFrame>,
    )
  })

  page.get(paths.envelope, needs('case:read'), async (c) => {
    const { db, actor, t } = c.var
    const file = await openFile(db, actor, c.req.param('id'))
    const sent = file === null ? [] : await sentInCase(db, actor.partyId, file.caseId, 1000)
    const row = sent.find((each) => each.id === c.req.param('envelope'))
    if (file === null || row === undefined) return notFound(c)
    const opened = await openOutgoing(db, actor, row.id)
    if ('refused' in opened) return notFound(c)
    const agencies = new Map(
      (await otherAgencies(db, actor.partyId)).map((each) => [each.partyId, each.name]),
    )
    const to = agencies.get(row.to_party) ?? t('envelopes.an-agency')
    const release = row.release_id === null ? null : await releaseOf(db, file.key, row.release_id)
    const rows = rowsOf(t, opened.body) ?? []
    const title = t('envelopes.shared.line', { what: t(`envelopes.kind.${row.kind}`), to })
    const standing = release === null ? null : standingOf(release, new Date())
    return c.html(
      <CaseFrame
        screen={c.var}
        caseId={file.caseId}
        name={nameToUse(file)}
        title={title}
        back={{ href: sharedPath('shared', file.caseId), text: t('envelopes.shared.title') }}
      >
        <SummaryList
          compact
          rows={[
            { key: t('envelopes.one.sent'), value: t.dateTime(row.sent_at) },
            { key: t('envelopes.one.state'), value: stateTag(t, row) },
            ...(release === null || standing === null
              ? []
              : [
                  {
                    key: t('envelopes.one.under'),
                    value: (
                      <>
                        <a class="govuk-link" href={releasePath('one', file.caseId, release.id)}>
                          {t('releases.one.title', { to })}
                        </a>{' '}
                        <StandingTag t={t} standing={standing} /> {standingText(t, release, standing)}
                      </>
                    ),
                  },
                ]),
          ]}
        />
        <h2 class="govuk-heading-m">{t('envelopes.one.words')}</h2>
        <SummaryList rows={rows.map((each) => ({ key: each.key, value: <Lines text={each.value} /> }))} />
        {row.state === 'ended' ? <InsetText>{t('envelopes.one.ended', { to })}</InsetText> : null}
        <Details summary={t('envelopes.one.what-they-see')}>
          {t(`envelopes.one.they-see.${row.state}`, { to })}
        </Details>
        <ForOurRecord t={t} text={recordText(t, title, opened, rows)} />
      </CaseFrame>,
    )
  })
  return page
}

function stateTag(t: Words, row: { readonly state: 'sent' | 'ended'; readonly ends_at: Date | null }) {
  const state =
    row.state === 'sent' && row.ends_at !== null && row.ends_at.getTime() <= Date.now() ? 'ended' : row.state
  const colour: TagColour = state === 'sent' ? 'green' : 'grey'
  return <Tag colour={colour}>{t(`envelopes.state.${state}`)}</Tag>
}

function recordText(
  t: Words,
  title: string,
  opened: Opened,
  rows: readonly { readonly key: string; readonly value: string }[],
): string {
  return [`${title}, ${t.dateTime(opened.sentAt)}`, ...rows.map((row) => `${row.key}: ${row.value}`)].join(
    '\n',
  )
}
