import type { Words } from '#platform/i18n'
import { Checkboxes, Details, InsetText } from '#platform/ui'

import { type Handling, handlingAt } from './handling.ts'
import { handlingIds, type Letter } from './letter.ts'

/** For whoever receives a letter, before anything that could be copied from it: how it has to lie in their records. */
export function HandlingFirst({
  t,
  letter,
}: {
  readonly t: Words
  readonly letter: Letter | null | undefined
}) {
  if (letter?.about !== 'request' || letter.handling.length === 0) return null
  return (
    <InsetText>
      <p class="govuk-body">
        <strong>{t('referrals.handling.first')}</strong>
      </p>
      <Sentences t={t} handling={letter.handling} />
    </InsetText>
  )
}

/** For whoever sends: what the letter will ask of the recipient's records, or what it can ask where others may read those. */
export function HandlingChoice(p: {
  readonly t: Words
  readonly to: string
  readonly sector: string
  readonly chosen: readonly string[]
}) {
  const { t, to } = p
  const always = handlingAt(p.sector)
  const free = handlingIds.filter((each) => !always.includes(each))
  return (
    <>
      {always.length === 0 ? null : (
        <InsetText>
          <p class="govuk-body">{t('referrals.handling.goes-along', { to })}</p>
          <Sentences t={t} handling={always} />
        </InsetText>
      )}
      {free.length === 0 || always.length > 0 ? null : (
        <Details summary={t('referrals.handling.read-online', { to })} open={p.chosen.length > 0}>
          <Checkboxes
            name="handling"
            legend={t('referrals.handling.ask', { to })}
            values={p.chosen}
            small
            items={free.map((each) => ({ value: each, text: t(`referrals.handling.${each}`) }))}
          />
        </Details>
      )}
    </>
  )
}

function Sentences({ t, handling }: { readonly t: Words; readonly handling: readonly Handling[] }) {
  return (
    <ul class="govuk-list govuk-list--bullet">
      {handling.map((each) => (
        <li>{t(`referrals.handling.${each}`)}</li>
      ))}
    </ul>
  )
}
