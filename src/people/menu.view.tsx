import { capacityText, oldText, directoryPaths, needByCode } from '#directory'
import type { Words } from '#platform/i18n'
import { AsOf, ButtonGroup, Button, Details, Verdict } from '#platform/ui'

import { facetLabel, facetQuestion, valueText } from './answer.view.ts'
import type { Block, MenuEntry, MenuReason } from './menu.ts'
import { casePath, referPath } from './paths.ts'
import { wishText } from './wish.view.ts'

/** For whom a menu is drawn: with a case there are ways on from each service, without one there are none. */
export interface MenuReader {
  readonly t: Words
  readonly caseId: string | null
  readonly partyId: string
  /** Whether they make referrals. Who only reads a case is led nowhere. */
  readonly refers: boolean
  readonly need: string
  readonly nameless: boolean
  /** Services of which partners see more than everybody. */
  readonly more: ReadonlySet<string>
  /** What a service answered already for this person, by service. */
  readonly tried?: ReadonlyMap<string, string>
}

/** One part of the menu under its heading. `always` says something even when it is empty: no door is the last. */
export function MenuPart(p: {
  readonly reader: MenuReader
  readonly part: 'takes' | 'next' | 'asks' | 'depends' | 'no'
  readonly entries: readonly MenuEntry[]
  readonly total?: number
  readonly always?: boolean
}) {
  const { t } = p.reader
  if (p.entries.length === 0 && p.part !== 'takes' && p.always !== true) return null
  const hidden = (p.total ?? 0) - p.entries.length
  return (
    <section class="app-menu-part">
      {p.part === 'no' ? null : (
        <h2 class="govuk-heading-m">{t(`people.menu.part.${p.part}`, { count: p.entries.length })}</h2>
      )}
      {p.part === 'takes' && p.entries.length === 0 ? <p class="govuk-body">{t('people.menu.gap')}</p> : null}
      {p.part === 'next' ? <p class="govuk-body">{t('people.menu.next-lead')}</p> : null}
      {p.entries.map((entry) => (
        <Entry reader={p.reader} entry={entry} />
      ))}
      {hidden > 0 ? <p class="govuk-body">{t('people.menu.more', { count: hidden })}</p> : null}
    </section>
  )
}

function Entry({ reader, entry }: { readonly reader: MenuReader; readonly entry: MenuEntry }) {
  const { t } = reader
  const { service, reason } = entry
  return (
    <article>
      <h3 class="govuk-heading-s govuk-!-margin-bottom-0">
        <a class="govuk-link" href={directoryPaths.service(service.id)}>
          {service.name}
        </a>
      </h3>
      <p class="govuk-body-s app-muted govuk-!-margin-bottom-2">{service.organizationName}</p>
      <Verdict
        kind={reason.kind === 'asks' ? 'depends' : reason.kind}
        reason={<Reason reader={reader} reason={reason} />}
      />
      <Tried said={reader.tried?.get(service.id)} />
      <Room t={t} entry={entry} />
      {reader.more.has(service.id) ? <PartnersOnly t={t} entry={entry} /> : null}
      <WishesMet t={t} entry={entry} />
      <WaysOn reader={reader} entry={entry} />
      <MustReport t={t} entry={entry} />
      <hr class="govuk-section-break govuk-section-break--m govuk-section-break--visible" />
    </article>
  )
}

/** That it was asked already, and what it said: nobody is sent to the same door twice without knowing it. */
function Tried({ said }: { readonly said: string | undefined }) {
  if (said === undefined) return null
  return (
    <p class="govuk-body-s govuk-!-font-weight-bold govuk-!-margin-top-2 govuk-!-margin-bottom-2">{said}</p>
  )
}

/** Room and wait with their date; whom to ring. */
function Room({ t, entry }: { readonly t: Words; readonly entry: MenuEntry }) {
  const { capacity, phones, selfReferral } = entry.service
  const ring = phones[0]
  return (
    <p class="govuk-body-s govuk-!-margin-top-2 govuk-!-margin-bottom-2">
      {capacityText(t, capacity)} {capacity?.note ? `${capacity.note} ` : ''}
      {capacity === null ? null : <AsOf t={t} date={capacity.asOf} />} {oldText(t, entry.service)}{' '}
      {ring === undefined && !selfReferral ? null : <br />}
      {ring === undefined ? null : t('people.menu.ring', { number: ring.number })}{' '}
      {selfReferral ? t('people.menu.self') : null}
    </p>
  )
}

/** The way to what partners see beside the listing: a direct line, a word between workers. */
function PartnersOnly({ t, entry: { service } }: { readonly t: Words; readonly entry: MenuEntry }) {
  return (
    <p class="govuk-body-s govuk-!-margin-bottom-2">
      <a class="govuk-link" href={directoryPaths.partners(service.id)}>
        {t('people.menu.partners')}
        <span class="govuk-visually-hidden">: {service.name}</span>
      </a>
    </p>
  )
}

function Reason({ reader, reason }: { readonly reader: MenuReader; readonly reason: MenuReason }) {
  const { t } = reader
  switch (reason.kind) {
    case 'takes':
      return <>{reason.sentence ?? t('people.menu.everybody')}</>
    case 'asks':
      return <>{t('people.menu.ask-first', { sentence: reason.sentence ?? '' })}</>
    case 'depends':
      return <Questions reader={reader} questions={reason.questions} />
    case 'no':
      return <WhyNot t={t} reason={reason} />
  }
}

/** The questions that settle it, each a link that comes back here once it is answered. */
function Questions(p: { readonly reader: MenuReader; readonly questions: readonly string[] }) {
  const { t, caseId } = p.reader
  return (
    <>
      {t('people.menu.depends', { count: p.questions.length })}
      {p.questions.map((facet) => (
        <>
          {' '}
          {caseId === null ? (
            facetQuestion(t, facet)
          ) : (
            <a class="govuk-link" href={`${casePath('situation', caseId)}?ask=${facet}&back=menu`}>
              {facetQuestion(t, facet)}
            </a>
          )}
        </>
      ))}
    </>
  )
}

function WhyNot({ t, reason }: { readonly t: Words; readonly reason: Extract<MenuReason, { kind: 'no' }> }) {
  if (reason.because === 'closed') return <>{t('people.menu.closed')}</>
  if (reason.because === 'after') {
    const needs = reason.after.map((code) => needByCode(code)?.label ?? code)
    return <>{t('people.menu.after', { needs: t.list(needs) })}</>
  }
  return (
    <>
      {reason.sentence}
      {reason.blocks.map((block) => (
        <BlockLine t={t} block={block} />
      ))}
    </>
  )
}

/** What is known now, and what it would have to be: so what would change the answer. */
function BlockLine({ t, block }: { readonly t: Words; readonly block: Block }) {
  const vars = { label: facetLabel(t, block.facet), wants: block.wants }
  return (
    <span>
      <br />
      {block.now === null
        ? t('people.menu.block-combined', vars)
        : t('people.menu.block', { ...vars, now: valueText(t, block.facet, block.now) })}
    </span>
  )
}

function WishesMet({ t, entry }: { readonly t: Words; readonly entry: MenuEntry }) {
  if (entry.wishes.length === 0) return null
  const lines = entry.wishes.map(({ wish, outcome }) =>
    t(`people.menu.wish.${outcome}`, { wish: wishText(t, wish) }),
  )
  return <p class="govuk-body-s govuk-!-margin-bottom-2">{lines.join(' · ')}</p>
}

function MustReport({ t, entry }: { readonly t: Words; readonly entry: MenuEntry }) {
  return (
    <Details summary={t('people.menu.reports')}>
      {entry.mustReport === null ? (
        <p class="govuk-body">{t('people.menu.reports-unknown')}</p>
      ) : (
        entry.mustReport.map((sentence) => <p class="govuk-body">{sentence}</p>)
      )}
    </Details>
  )
}

/** Ask first, or make a referral: to a partner with keys. To anybody else there is a telephone. */
function WaysOn({ reader, entry }: { readonly reader: MenuReader; readonly entry: MenuEntry }) {
  const { t, caseId } = reader
  const { service, reason } = entry
  if (service.partyId === reader.partyId)
    return <p class="govuk-body-s govuk-!-margin-bottom-2">{t('people.menu.ours')}</p>
  if (service.partyId === null || caseId === null || !reader.refers) return null
  return (
    <ButtonGroup>
      {reason.kind === 'no' ? null : (
        <Button href={referPath(caseId, service.id, false)} variant="secondary">
          {t('people.menu.refer')}
          <span class="govuk-visually-hidden">: {service.name}</span>
        </Button>
      )}
      <a class="govuk-link" href={referPath(caseId, service.id, true)}>
        {t('people.menu.ask')}
        <span class="govuk-visually-hidden">: {service.name}</span>
      </a>
    </ButtonGroup>
  )
}
