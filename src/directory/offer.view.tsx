import type { Words } from '#platform/i18n'
import { type Content, InsetText, SummaryList, WarningText } from '#platform/ui'
import type { Offer } from './offer.ts'
import type { ServiceDetail } from './service.ts'

interface Props {
  readonly t: Words
  readonly service: ServiceDetail
  readonly offer: Offer
}

/** What it costs and who gets to see a bill: a bill or a statement can reach whoever holds the policy. */
export function Paying({ t, service, offer }: Props) {
  const { insurers, diagnosisToPay, billTo } = offer.practical
  const cost = service.wishes.cost === null ? null : t(`directory.cost.${service.wishes.cost}`)
  const rows: readonly (readonly [string, string])[] = [
    ['cost', [cost, service.feesText].filter(Boolean).join('. ')],
    ['bill', billTo === null ? '' : t(`directory.bill.${billTo}`)],
    ['insurers', t.list(insurers)],
    ['diagnosis', diagnosisToPay === null ? '' : t(`directory.diagnosis.${diagnosisToPay ? 'yes' : 'no'}`)],
  ]
  const told = rows.filter(([, value]) => value !== '')
  if (told.length === 0) return null
  const reaches = billTo === 'insurer' || (insurers.length > 0 && billTo !== 'nobody')
  return (
    <section>
      <h2 class="govuk-heading-m">{t('directory.offer.paying')}</h2>
      <SummaryList rows={told.map(([key, value]) => ({ key: t(`directory.offer.${key}`), value }))} />
      {reaches ? <WarningText>{t('directory.bill.warning')}</WarningText> : null}
      {billTo === 'person' ? <InsetText>{t('directory.bill.post')}</InsetText> : null}
    </section>
  )
}

/** What to bring; nothing to bring is good to know too. */
export function Bringing({ t, offer }: Pick<Props, 't' | 'offer'>) {
  const { documents } = offer.practical
  if (documents === null) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{t('directory.offer.bring')}</h2>
      {documents.length === 0 ? <p class="govuk-body">{t('directory.offer.bring-none')}</p> : null}
      <Bullets lines={documents} />
    </section>
  )
}

/** Getting in and being understood. */
export function GettingIn({ t, offer }: Pick<Props, 't' | 'offer'>) {
  const { access, accessText } = offer.practical
  if (access.length === 0 && accessText === null) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{t('directory.offer.access')}</h2>
      <Bullets lines={access.map((code) => t(`directory.access.${code}`))} />
      {accessText === null ? null : <p class="govuk-body">{accessText}</p>}
    </section>
  )
}

/** The week as it is: days with the same times in one line. Work with people who use abuse has none. */
export function Times({ t, service, offer }: Props) {
  if (service.kind === 'for-people-using-abuse') return null
  const groups = timeGroups(t, offer.times)
  const words = service.timesText
  if (groups.length === 0 && words === null) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{t('directory.offer.times')}</h2>
      {groups.map(({ what, place, rows }) => (
        <>
          <p class="govuk-body govuk-!-margin-bottom-1">
            {place === null
              ? t(`directory.offer.times-${what}`)
              : t(`directory.offer.times-${what}-at`, { place })}
          </p>
          <Bullets lines={rows} />
        </>
      ))}
      {words === null ? null : words.split('\n').map((line) => <p class="govuk-body">{line}</p>)}
    </section>
  )
}

/** What a service has not said of all this, in one place: each with what to do instead, so that a gap is no dead end. */
export function NotSaid({ t, service, offer }: Props) {
  const { documents, access, accessText, billTo, insurers, diagnosisToPay } = offer.practical
  const saysCost = service.wishes.cost !== null || Boolean(service.feesText)
  const saysTimes = offer.times.length > 0 || service.timesText !== null
  const unsaid = [
    saysCost || billTo !== null || insurers.length > 0 || diagnosisToPay !== null ? '' : 'paying',
    documents === null ? 'bring' : '',
    saysTimes || service.kind === 'for-people-using-abuse' ? '' : 'times',
    access.length === 0 && accessText === null ? 'access' : '',
  ].filter((part) => part !== '')
  if (unsaid.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{t('directory.offer.unsaid')}</h2>
      <Bullets lines={unsaid.map((part) => t(`directory.offer.unsaid-${part}`))} />
    </section>
  )
}

/** Those of the service as a whole first, then those of one place each. */
function timeGroups(t: Words, times: Offer['times']) {
  const places = [null, ...new Set(times.flatMap((each) => each.place ?? []))]
  return (['open', 'phone'] as const).flatMap((what) =>
    places.flatMap((place) => {
      const rows = weekOf(
        t,
        times.filter((each) => each.what === what && each.place === place),
      )
      return rows.length === 0 ? [] : [{ what, place, rows }]
    }),
  )
}

/** Whether its workers are trained about abuse: who says so, until when, and whether that day is past. */
export function TrainedAbout({ t, offer }: Pick<Props, 't' | 'offer'>) {
  const { training, practical } = offer
  const lines = [
    training === null ? null : trainingText(t, training),
    practical.survivorLed === true ? t('directory.offer.survivor-led') : null,
  ].filter((line) => line !== null)
  if (lines.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{t('directory.offer.people')}</h2>
      {lines.map((line) => (
        <p class="govuk-body">{line}</p>
      ))}
    </section>
  )
}

/** The sentence about training. */
export function trainingText(t: Words, training: NonNullable<Offer['training']>): string {
  const until = t.date(training.until)
  if (!training.inDate) return t('directory.training.past', { until })
  if (training.withdrawnOn !== null)
    return t('directory.training.taken-back', { until, on: t.date(training.withdrawnOn) })
  if (training.confirmedBy === null || training.confirmedOn === null)
    return t('directory.training.claimed', { until })
  const on = t.date(training.confirmedOn)
  return t('directory.training.confirmed', { until, by: training.confirmedBy, on })
}

function Bullets({ lines }: { readonly lines: readonly string[] }): Content {
  if (lines.length === 0) return null
  return (
    <ul class="govuk-list govuk-list--bullet">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  )
}

/** Times in words: days with the same times in one line. */
export function weekOf(t: Words, times: readonly Omit<Offer['times'][number], 'place'>[]): readonly string[] {
  const byTime = new Map<string, number[]>()
  for (const { weekday, opens, closes, note } of times) {
    const span =
      opens === null || closes === null
        ? ''
        : t('directory.offer.span', { from: t.clock(opens), to: t.clock(closes) })
    const key = [span, note ?? ''].filter(Boolean).join('. ')
    byTime.set(key, [...(byTime.get(key) ?? []), weekday])
  }
  return [...byTime].map(([span, weekdays]) => {
    const days = daysText(t, [...new Set(weekdays)])
    return span === '' ? days : t('directory.offer.on', { days, span })
  })
}

function daysText(t: Words, weekdays: readonly number[]): string {
  if (weekdays.length === 7) return t('directory.day.all')
  const run = weekdays.every((day, i) => day === (weekdays[0] ?? 0) + i)
  const name = (day: number | undefined) => t(`directory.day.${day ?? 1}`)
  return run && weekdays.length > 2
    ? t('directory.day.run', { from: name(weekdays[0]), to: name(weekdays.at(-1)) })
    : t.list(weekdays.map(name))
}
