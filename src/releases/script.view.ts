import type { Words } from '#platform/i18n'

import { discloserText, recipientText, rightsSaid } from './agreed.view.tsx'
import { itemWords, type KeptRelease } from './kept-release.ts'

/** The exact words to read out, one breath a line: what goes, for what, until when, what the recipient must do, the person's rights. */
export function scriptOf(t: Words, kept: KeptRelease): readonly string[] {
  const { release } = kept
  const to = release.recipient.agency
  return [
    t('releases.turn.lead', { from: release.discloser.agency, to }),
    t('releases.spoken.goes'),
    ...release.items.map((item) => {
      const title = item.kind === 'matching-detail' ? item.title : t(`releases.your-item.${item.kind}`)
      return `${title}: ${itemWords(kept, item)?.text ?? t('releases.agreed.as-named')}`
    }),
    t('releases.turn.nothing-else'),
    `${t('releases.agreed.from')}: ${discloserText(release)}`,
    `${t('releases.agreed.to')}: ${recipientText(t, kept)}`,
    `${t('releases.agreed.purpose')}: ${release.purpose}`,
    `${t('releases.agreed.until')}: ${t.dateTime(release.endsAt)}`,
    `${t('releases.agreed.comes-back')}: ${t(`releases.comes-back.${release.mayComeBack}`)}`,
    ...(kept.warned ?? []),
    t('releases.turn.redisclosure'),
    ...rightsSaid(t, release),
    t('releases.spoken.ask'),
  ]
}
