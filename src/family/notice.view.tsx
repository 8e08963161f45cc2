import type { Words } from '#platform/i18n'
import { InsetText } from '#platform/ui'

import type { Notice } from './notice.rules.ts'

/** What was noticed, one quiet sentence each, with what can be done. */
export function Notices({ t, notices }: { readonly t: Words; readonly notices: readonly Notice[] }) {
  if (notices.length === 0) return null
  return (
    <>
      {notices.map((each) => (
        <InsetText>
          {noticeText(t, each)} {t(`family.notice.${each.kind}-do`)}
        </InsetText>
      ))}
    </>
  )
}

function noticeText(t: Words, notice: Notice): string {
  switch (notice.kind) {
    case 'one-school':
      return t('family.notice.one-school', { names: t.list(notice.names), school: notice.school })
    case 'two-schools':
      return t('family.notice.two-schools', {
        knows: notice.knows,
        school: notice.knowing,
        names: t.list(notice.names),
      })
    case 'gap':
      return t('family.notice.gap', {
        name: notice.name,
        service: notice.service,
        ends: t.date(notice.ends),
        begins: t.date(notice.begins),
        count: notice.days,
      })
    case 'nothing-after':
      return t('family.notice.nothing-after', {
        name: notice.name,
        service: notice.service,
        ends: t.date(notice.ends),
      })
    case 'siblings':
      return t('family.notice.siblings', { has: t.list(notice.with), without: t.list(notice.without) })
  }
}
