import type { Words } from '#platform/i18n'
import { Button, Tag } from '#platform/ui'
import { freshness } from './freshness.ts'
import { paths } from './paths.ts'

/** A line that says when an entry was last checked, with a mark when that is too long ago. */
export function Checked({
  t,
  assuredOn,
  stale,
}: {
  readonly t: Words
  readonly assuredOn: string | null
  readonly stale: boolean
}) {
  return (
    <>
      {assuredOn === null
        ? t('directory.fresh.never')
        : t('directory.fresh.checked', { date: t.date(assuredOn) })}{' '}
      {stale ? (
        <Tag colour="yellow">{t('directory.fresh.stale')}</Tag>
      ) : assuredOn === null ? null : (
        t('directory.fresh.due', { date: t.date(reviewBy(assuredOn)) })
      )}
    </>
  )
}

/** The last day on which an entry that was checked then counts as right. */
function reviewBy(assuredOn: string): string {
  return Temporal.PlainDate.from(assuredOn).add({ days: freshness.staleDays }).toString()
}

/** One click: this entry is still right. Stands inside a form that posts to the list. */
export function StillRight({
  t,
  id,
  name,
}: {
  readonly t: Words
  readonly id: string
  readonly name: string
}) {
  return (
    <Button variant="secondary" name="id" value={id}>
      {t('directory.fresh.still-right')}
      <span class="govuk-visually-hidden">: {name}</span>
    </Button>
  )
}

/** Who keeps the entry right, when it was last checked, and one click that says it is still right. */
export function Kept({
  t,
  service,
  keeper,
  ownerName,
}: {
  readonly t: Words
  readonly service: {
    readonly id: string
    readonly name: string
    readonly assuredOn: string | null
    readonly entryOld: boolean
  }
  readonly keeper: { readonly agencyName: string | null }
  /** Only for colleagues of the agency that keeps it. */
  readonly ownerName: string | null
}) {
  return (
    <>
      <p class="govuk-body">
        {keeper.agencyName === null
          ? t('directory.owner.nobody')
          : t(ownerName === null ? 'directory.owner.agency' : 'directory.owner.person', {
              agency: keeper.agencyName,
              name: ownerName ?? '',
            })}{' '}
        <a class="govuk-link" href={paths.owner(service.id)}>
          {t('directory.owner.change')}
        </a>
      </p>
      <form method="post" action={paths.assured}>
        <p class="govuk-body">
          <Checked t={t} assuredOn={service.assuredOn} stale={service.entryOld} />
        </p>
        <input type="hidden" name="from" value={service.id} />
        <StillRight t={t} id={service.id} name={service.name} />
      </form>
    </>
  )
}
