import type { Words } from '#platform/i18n'
import { type Content, SummaryList, Lines } from '#platform/ui'

import { itemWords, type KeptRelease } from './kept-release.ts'
import type { HeldItem } from './held-items.view.ts'
import { lawPackOf } from './law-packs.ts'
import { itemKindOf } from './release.ts'
import { kindOfRelease, rightsOf } from './release-kinds.rules.ts'
import { warningKeys } from './recipients.ts'

/** What goes along, item by item, word for word. */
export function ItemsAgreed({
  t,
  kept,
  toPerson,
}: {
  readonly t: Words
  readonly kept: KeptRelease
  /** Said to the person themself: *what you want help with*. */
  readonly toPerson?: boolean
}) {
  const rows = kept.release.items.map((item) => ({
    key:
      toPerson === true && item.kind !== 'matching-detail'
        ? t(`releases.your-item.${item.kind}`)
        : item.title,
    value: (
      <>
        <Lines text={itemWords(kept, item)?.text ?? t('releases.agreed.as-named')} />
        {item.reason ? (
          <p class="govuk-hint">{t('releases.agreed.because', { reason: item.reason })}</p>
        ) : null}
        <InCourt t={t} kind={item.kind} to={kept.release.recipient.agency} />
      </>
    ),
  }))
  return <SummaryList rows={rows} />
}

/** Who could read an item in court, beside the item; nothing where a court rarely asks for its like. */
export function InCourt(p: {
  readonly t: Words
  readonly kind: HeldItem['kind']
  readonly to: string
}): Content {
  return itemKindOf(p.kind).inCourt ? (
    <p class="govuk-hint">{p.t('releases.in-court', { to: p.to })}</p>
  ) : null
}

/** What was read out about the recipient: what they must report, who else could read it. */
export function RecipientWarning({
  t,
  kept,
  children,
}: {
  readonly t: Words
  readonly kept: Pick<KeptRelease, 'warned' | 'release'>
  readonly children?: Content
}) {
  const sentences = kept.warned ?? warningSentences(t, kept.release.recipient.sector, null)
  return (
    <div class="govuk-inset-text">
      {sentences.map((sentence) => (
        <p class="govuk-body">{sentence}</p>
      ))}
      {children}
    </div>
  )
}

/** The sentences to read out: the agency's own where it has said them, else those of its sector. */
export function warningSentences(t: Words, sector: string, own: readonly string[] | null): readonly string[] {
  return own !== null && own.length > 0 ? own : warningKeys(t.pack, sector).map((key) => t(key))
}

/** Purpose, end, what may come back: the frame of what was agreed. */
export function FrameAgreed({ t, kept }: { readonly t: Words; readonly kept: KeptRelease }) {
  const { release } = kept
  const rows = [
    ...(kindOfRelease(release) === 'general'
      ? []
      : [{ key: t('releases.kind.title'), value: t(`releases.kind.${kindOfRelease(release)}.name`) }]),
    { key: t('releases.agreed.from'), value: discloserText(release) },
    { key: t('releases.agreed.to'), value: recipientText(t, kept) },
    { key: t('releases.agreed.purpose'), value: <Lines text={release.purpose} /> },
    { key: t('releases.agreed.until'), value: t.dateTime(release.endsAt) },
    { key: t('releases.agreed.comes-back'), value: t(`releases.comes-back.${release.mayComeBack}`) },
  ]
  return <SummaryList rows={rows} />
}

/** Who shares, with its part where it has parts: another part of the same body is another recipient. */
export function discloserText({
  discloser: { agency, unit },
}: Pick<KeptRelease['release'], 'discloser'>): string {
  return unit === null ? agency : `${agency}, ${unit}`
}

/** The person's rights in words, as this kind of release and the law of the place have them. */
export function rightsSaid(
  t: Words,
  release: Pick<KeptRelease['release'], 'form' | 'work' | 'pack' | 'state'>,
): readonly string[] {
  return rightsOf(release, lawPackOf(release.pack, release.state)).map((key) => t(key))
}

/** The recipient in one line: agency, service, and whom to ask for there. */
export function recipientText(t: Words, { release, service }: KeptRelease): string {
  const { agency, person, unit } = release.recipient
  const parts = [agency, ...(service.name === agency ? [] : [service.name]), unit ?? '']
  const place = parts.filter((part) => part !== '').join(', ')
  return person === null ? place : t('releases.agreed.ask-for', { place, person })
}
