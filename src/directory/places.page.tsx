import { Hono } from 'hono'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, InsetText, NotificationBanner, SummaryList, type SummaryListRow } from '#platform/ui'
import { EditorFrame } from './editor-frame.view.tsx'
import { ownEntry } from './entry.page.tsx'
import { weekOf } from './offer.view.tsx'
import { paths, routePaths } from './paths.ts'
import type { EditedPlace } from './place-edit.ts'
import { askedOf, mayTakeAway } from './place-edit.rules.ts'
import { editedPlaces } from './place-edit.store.ts'
import type { ServiceDetail } from './service.ts'
import { timesAtPlaces } from './times.store.ts'

export const placesPage = new Hono<MemberEnv>()

/** Where an entry is: its places one by one, and a button for another. */
placesPage.get(routePaths.places, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const { t } = c.var
  const places = await editedPlaces(c.var.db, service.id, c.var.actor.partyId)
  const times = await timesAtPlaces(c.var.db, service.id)
  const asked = askedOf(service, null)
  return c.html(
    <EditorFrame
      screen={c.var}
      title={t('directory.place.places')}
      caption={service.name}
      back={paths.entry(service.id)}
      above={
        c.req.query('saved') === undefined ? null : (
          <NotificationBanner kind="success">{t('directory.saved')}</NotificationBanner>
        )
      }
    >
      {asked === null ? <InsetText>{t('directory.place.apart')}</InsetText> : null}
      {asked === 'region' ? <InsetText>{privateText(t, service)}</InsetText> : null}
      {places.length === 0 ? <p class="govuk-body">{t('directory.place.none')}</p> : null}
      {places.map((place) => (
        <SummaryList
          title={placeName(t, place)}
          rows={placeRows(t, service, place, weekText(t, times, place))}
        />
      ))}
      {asked === null ? null : (
        <Button variant="secondary" href={paths.place(service.id, 'new')}>
          {t('directory.place.add')}
        </Button>
      )}
    </EditorFrame>,
  )
})

/** Why no address is asked. */
export function privateText(t: Words, service: Pick<ServiceDetail, 'confidential' | 'places'>): string {
  return t(service.confidential ? 'directory.place.entry-private' : 'directory.place.one-private')
}

/** What a place is called; a private one has no name. */
export function placeName(t: Words, place: EditedPlace): string {
  if (place.confidential) return t('directory.place.private')
  return place.name ?? place.line1 ?? place.town ?? t(`directory.place.kind-${place.kind}`)
}

/** Where a place is, in one line. */
export function addressText({ line1, line2, town, postcode }: EditedPlace): string {
  return [line1, line2, town, postcode].filter((each) => each !== null).join(', ')
}

/** Which other entries are there too: by name those that this agency looks after, the rest counted. */
export function alsoText(t: Words, { also, others }: EditedPlace): string {
  const names = also.map((each) => each.name)
  return t.list(others === 0 ? names : [...names, t('directory.place.others', { count: others })])
}

function weekText(t: Words, times: Awaited<ReturnType<typeof timesAtPlaces>>, place: EditedPlace): string {
  return weekOf(
    t,
    times.filter((each) => each.placeId === place.id),
  ).join('; ')
}

function placeRows(
  t: Words,
  service: ServiceDetail,
  place: EditedPlace,
  week: string,
): readonly SummaryListRow[] {
  const said = [
    { key: t('directory.place.kind'), value: kindText(t, place) },
    { key: t('directory.place.address'), value: addressText(place) },
    { key: t('directory.place.region'), value: place.region ?? '' },
    { key: t('directory.place.description'), value: place.description ?? '' },
    { key: t('directory.place.transport'), value: place.transport ?? '' },
    { key: t('directory.place.times-here'), value: week },
    { key: t('directory.place.also'), value: alsoText(t, place) },
  ].filter((row) => row.value !== '')
  return mayOpen(service, place) ? [...said, changeRow(t, service, place)] : said
}

/** Whether something about a place can be changed here. */
function mayOpen(service: ServiceDetail, place: EditedPlace): boolean {
  return askedOf(service, place) !== 'nothing' || mayTakeAway(service, place)
}

function kindText(t: Words, place: EditedPlace): string {
  return place.confidential ? '' : t(`directory.place.kind-${place.kind}`)
}

function changeRow(t: Words, service: ServiceDetail, place: EditedPlace) {
  return {
    key: t('directory.place.wrong'),
    value: (
      <a class="govuk-link" href={paths.place(service.id, place.id)}>
        {t('directory.place.change')}
        <span class="govuk-visually-hidden">: {placeName(t, place)}</span>
      </a>
    ),
  }
}
