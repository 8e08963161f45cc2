import type { Words } from '#platform/i18n'

import type { Paper } from './paper.ts'

/** What a paper is and how long, in words. */
export function paperText(t: Words, paper: Pick<Paper, 'kind' | 'size'>): string {
  const kilobytes = Math.max(1, Math.round(paper.size / 1024))
  const size =
    kilobytes < 1024
      ? t('papers.kilobytes', { size: t.number(kilobytes) })
      : t('papers.megabytes', { size: t.number(Math.round(kilobytes / 102.4) / 10) })
  return t('papers.kind-size', { kind: t(`papers.kind.${paper.kind}`), size })
}
