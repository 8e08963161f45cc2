import type { Words } from '#platform/i18n'
import { AsOf, DenseList } from '#platform/ui'
import type { Found } from './find.ts'
import { paths } from './paths.ts'
import type { ServiceSummary } from './service.ts'
import { capacityText, oldText } from './service.view.ts'

/** Services, one line each: whose, whether there is room, and how near where that was asked. */
export function ServiceList({
  t,
  services,
  near = new Map(),
}: {
  readonly t: Words
  readonly services: readonly ServiceSummary[]
  readonly near?: ReadonlyMap<string, string>
}) {
  const items = services.map((service) => ({
    href: paths.service(service.id),
    title: service.name,
    meta: (
      <>
        {service.organizationName}. {near.get(service.id) ?? ''} {capacityText(t, service.capacity)}{' '}
        {service.capacity === null ? null : <AsOf t={t} date={service.capacity.asOf} />} {oldText(t, service)}
      </>
    ),
  }))
  return <DenseList items={items} empty={t('directory.list.nothing')} />
}

/** How near a service is, in words; a confidential place is told by its region and never by a distance. */
export function nearText(t: Words, { band, region }: Found): string {
  if (band === null) return ''
  if (band !== 'kept' && region === null) return t(`directory.near.${band}`)
  return region === null ? t('directory.near.kept') : t('directory.near.kept-region', { region })
}
