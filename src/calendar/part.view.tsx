import type { Words } from '#platform/i18n'
import { Button, ButtonGroup } from '#platform/ui'

import { paths } from './paths.ts'

/** One's own calendar on the page of something that has a time: put it in by mail, take it out, or take a file. */
export function CalendarPart(p: {
  readonly t: Words
  /** Where the form goes; it sends `do` as *put*, *out* or *file*. */
  readonly action: string
  readonly isIn: boolean
  /** Times of this kind come by the address that the worker's calendar reads already. */
  readonly comesByAddress: boolean
}) {
  const { t, isIn } = p
  const state = isIn ? 'in' : p.comesByAddress ? 'by-address' : 'not-in'
  return (
    <section aria-labelledby="own-calendar">
      <h2 class="govuk-heading-s" id="own-calendar">
        {t('calendar.part.title')}
      </h2>
      <p class="govuk-body app-measure">
        {t(`calendar.part.${state}`)}{' '}
        <a class="govuk-link" href={paths.calendar}>
          {t('calendar.part.more')}
        </a>
      </p>
      <form method="post" action={p.action}>
        <ButtonGroup>
          {isIn ? (
            <Button variant="secondary" name="do" value="out">
              {t('calendar.part.out')}
            </Button>
          ) : p.comesByAddress ? null : (
            <Button variant="secondary" name="do" value="put">
              {t('calendar.part.put')}
            </Button>
          )}
          <Button variant="secondary" name="do" value="file">
            {t('calendar.part.file')}
          </Button>
        </ButtonGroup>
      </form>
    </section>
  )
}
