import type { Words } from '#platform/i18n'
import { Button, InsetText } from '#platform/ui'

import { faceOf, lookGroups } from './look.ts'
import { paths } from './paths.ts'

/** What the first page offers beside invented data: everybody one can look round as, one click each. */
export function LookRound({ t }: { readonly t: Words }) {
  return (
    <section aria-labelledby="look-round">
      <hr class="govuk-section-break govuk-section-break--l govuk-section-break--visible" />
      <h2 class="govuk-heading-l" id="look-round">
        {t('demo.look.title')}
      </h2>
      <InsetText>{t('demo.look.invented')}</InsetText>
      <p class="govuk-body">{t('demo.look.how')}</p>
      <Button href={paths.tour} variant="secondary">
        {t('demo.look.tour')}
      </Button>
      <form method="post" action={paths.look}>
        {lookGroups.map(({ group, staff }) => (
          <>
            <h3 class="govuk-heading-m">{t(`demo.look.group.${group}`)}</h3>
            <ul class="app-looks">
              {staff.map((id) => (
                <Person t={t} id={id} />
              ))}
            </ul>
          </>
        ))}
      </form>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.outbox}>
          {t('demo.look.outbox')}
        </a>
      </p>
    </section>
  )
}

function Person({ t, id }: { readonly t: Words; readonly id: string }) {
  const face = faceOf(id)
  return (
    <li class="app-card app-looks__one">
      <p class="govuk-body govuk-!-margin-bottom-1">
        <strong>{t(`demo.look.role.${id}`)}</strong>
        <br />
        {face.agency}
      </p>
      <p class="govuk-body govuk-!-margin-bottom-3">{t(`demo.look.finds.${id}`)}</p>
      <Button name="who" value={id} variant="secondary">
        {t('demo.look.as', { name: face.name })}
      </Button>
    </li>
  )
}
