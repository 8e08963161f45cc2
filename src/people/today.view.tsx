import type { Words } from '#platform/i18n'
import { DenseList } from '#platform/ui'

import type { TodayPart } from './today.ts'

/** How many lines stand on top of *My work*: what somebody can look over at once. */
export const mostToday = 12

/** *What needs me today*, from every room, by time. What does not fit is counted, and each part says where its rest is. */
export function Today({ t, parts }: { readonly t: Words; readonly parts: readonly TodayPart[] }) {
  const total = parts.reduce((sum, part) => sum + part.total, 0)
  const items = parts
    .flatMap((part) => part.items)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .slice(0, mostToday)
  const hidden = total - items.length
  return (
    <section aria-labelledby="needs-me-today">
      <h2 class="govuk-heading-m" id="needs-me-today">
        {t('people.today.title')}
      </h2>
      <DenseList items={items.map((each) => each.item)} empty={t('people.today.nothing')} />
      {hidden <= 0 ? null : (
        <p class="govuk-body">
          {t('people.today.more', { count: hidden })}{' '}
          {parts
            .filter((part) => part.total > 0)
            .map((part, index) => (
              <>
                {index > 0 ? ' · ' : ''}
                <a class="govuk-link" href={part.rest.href}>
                  {part.rest.text}
                </a>
              </>
            ))}
        </p>
      )}
    </section>
  )
}
