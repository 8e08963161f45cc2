import type { Context } from 'hono'
import type { FormValues, MemberEnv } from '#platform/http'
import { Button, Details, Input, InsetText, Radios, SummaryList, TextArea, WarningText } from '#platform/ui'
import { EditForm, type Filled, textOf } from './edit-form.view.tsx'
import { entryAt, type OfEntry, partPage, savedAt } from './part.page.tsx'
import { paths, routePaths } from './paths.ts'
import { type EditedPlace, PlaceForm, placeKinds, type PlaceWeek, PrivateForm } from './place-edit.ts'
import { hidePlace, setPlace } from './place-edit.actions.ts'
import { askedOf, mayHide, mayTakeAway } from './place-edit.rules.ts'
import { editedPlaces } from './place-edit.store.ts'
import { addressText, alsoText, placeName, privateText } from './places.page.tsx'
import { readDay, writeDay } from './times.rules.ts'
import { timesAtPlaces } from './times.store.ts'
import { weekdays } from './times.ts'

interface At extends OfEntry {
  readonly place: EditedPlace | null
}

/** One place of an entry, or a new one. How much is asked depends on who else is there and on whether a place is kept private. */
export const placePage = partPage({
  route: routePaths.place,
  form: PlaceForm,
  at: placeAt,
  now: async (c, { service, place }) => ({ ...valuesOf(place), ...(await weekAt(c, service.id, place)) }),
  save: async (c, { service, place }, data) => {
    const at = { serviceId: service.id, placeId: place?.id ?? null }
    const done = await setPlace(c.var.db, c.var.actor, at, data, readWeek(c, data))
    if (!('wrong' in done)) return savedAt(c, done, 'name')
    const errors = Object.entries(done.wrong).map(([field, rule]) => [
      field,
      c.var.t(rule === 'times-wrong' ? 'directory.times.wrong' : `directory.place.${rule}`),
    ])
    return { errors: Object.fromEntries(errors) as Filled['errors'] }
  },
  view,
  next: paths.placesSaved,
})

/** Asks before a place is kept private, because nobody takes that back here. */
export const placePrivatePage = partPage({
  route: routePaths.placePrivate,
  form: PrivateForm,
  at: async (c) => {
    const at = await placeAt(c)
    return at === null || at.place === null || !mayHide(at.service, at.place)
      ? null
      : { ...at, place: at.place }
  },
  now: async () => ({}),
  save: async (c, { service, place }, data) => {
    const at = { serviceId: service.id, placeId: place.id }
    return savedAt(c, await hidePlace(c.var.db, c.var.actor, at, data.why), 'why')
  },
  view: (c, { service, place }, filled) => {
    const { t } = c.var
    const also = alsoText(t, place)
    return (
      <EditForm
        c={c}
        service={service}
        title="directory.place.hide-title"
        action={paths.placePrivate(service.id, place.id)}
        back={paths.place(service.id, place.id)}
        filled={filled}
        save="directory.place.hide-sure"
        buttons={
          <a class="govuk-link" href={paths.place(service.id, place.id)}>
            {t('directory.place.hide-not')}
          </a>
        }
      >
        <p class="govuk-body">
          <strong>{placeName(t, place)}</strong>
          <br />
          {addressText(place)}
        </p>
        <p class="govuk-body">{t('directory.place.hide-lead')}</p>
        <ul class="govuk-list govuk-list--bullet">
          {['address', 'words', 'times', 'history', 'search'].map((each) => (
            <li>{t(`directory.place.hide-${each}`)}</li>
          ))}
          {also === '' ? null : <li>{t('directory.place.hide-also', { entries: also })}</li>}
        </ul>
        <WarningText>{t('directory.place.hide-warning')}</WarningText>
      </EditForm>
    )
  },
  next: paths.placesSaved,
})

async function placeAt(c: Context<MemberEnv>): Promise<At | null> {
  const at = await entryAt(c)
  if (at === null) return null
  const { service } = at
  const asked = c.req.param('place') ?? ''
  if (asked === 'new') return askedOf(service, null) === null ? null : { service, place: null }
  const places = await editedPlaces(c.var.db, service.id, c.var.actor.partyId)
  const place = places.find((each) => each.id === asked)
  if (place === undefined) return null
  return askedOf(service, place) === 'nothing' && !mayTakeAway(service, place) ? null : { service, place }
}

function view(c: Context<MemberEnv>, { service, place }: At, filled: Filled) {
  const { t } = c.var
  const asked = askedOf(service, place)
  const fixed = asked === 'nothing'
  const also = place === null ? '' : alsoText(t, place)
  return (
    <EditForm
      c={c}
      service={service}
      title={place === null ? 'directory.place.add' : 'directory.place.title'}
      action={paths.place(service.id, place?.id ?? 'new')}
      back={paths.places(service.id)}
      filled={filled}
      {...(fixed ? { save: 'directory.place.remove' } : {})}
      buttons={
        place === null || fixed || !mayTakeAway(service, place) ? null : (
          <Button variant="secondary" name="act" value="remove">
            {t('directory.place.remove')}
          </Button>
        )
      }
      below={
        place === null || !mayHide(service, place) ? null : (
          <p class="govuk-body">
            {t('directory.place.hide-ask')}{' '}
            <a class="govuk-link" href={paths.placePrivate(service.id, place.id)}>
              {t('directory.place.hide')}
            </a>
          </p>
        )
      }
    >
      {also === '' ? null : (
        <WarningText>
          {t(`directory.place.${fixed ? 'shared-fixed' : 'shared'}`, { entries: also })}
        </WarningText>
      )}
      {asked === 'region' ? <InsetText>{privateText(t, service)}</InsetText> : null}
      {fixed && place !== null ? <Fixed c={c} at={{ service, place }} /> : null}
      {asked === 'whole' ? <Whole c={c} filled={filled} also={also !== ''} service={service} /> : null}
      {asked === 'region' ? (
        <Input
          name="region"
          label={t('directory.place.region')}
          hint={t('directory.place.region-hint')}
          value={textOf(filled, 'region')}
          error={filled.errors['region']}
        />
      ) : null}
    </EditForm>
  )
}

/** A place of which nothing can be changed here: as it stands, and why. */
function Fixed({
  c,
  at: { service, place },
}: {
  readonly c: Context<MemberEnv>
  readonly at: OfEntry & { readonly place: EditedPlace }
}) {
  const { t } = c.var
  const rows = [
    { key: t('directory.place.name'), value: placeName(t, place) },
    { key: t('directory.place.address'), value: addressText(place) },
    { key: t('directory.place.region'), value: place.region ?? '' },
  ]
  const why = service.kind === 'for-people-using-abuse' ? t('directory.place.apart') : privateText(t, service)
  return (
    <>
      {place.others > 0 ? null : <InsetText>{why}</InsetText>}
      <SummaryList rows={rows.filter((row) => row.value !== '')} />
      <input type="hidden" name="act" value="remove" />
    </>
  )
}

function Whole({
  c,
  filled,
  also,
  service,
}: OfEntry & { readonly c: Context<MemberEnv>; readonly filled: Filled; readonly also: boolean }) {
  const { t } = c.var
  const boxes = weekdays.map(boxOf)
  const said = boxes.some((name) => (textOf(filled, name) ?? '') !== '')
  const input = (name: string, hint = false) => (
    <Input
      name={name}
      label={t(`directory.place.${name}`)}
      hint={hint ? t(`directory.place.${name}-hint`) : undefined}
      value={textOf(filled, name)}
      error={filled.errors[name]}
    />
  )
  return (
    <>
      {input('name')}
      <Radios
        name="kind"
        legend={t('directory.place.kind')}
        value={textOf(filled, 'kind')}
        error={filled.errors['kind']}
        items={placeKinds.map((value) => ({
          value,
          text: t(`directory.place.kind-${value}`),
          hint: t(`directory.place.kind-${value}-hint`),
        }))}
      />
      {input('line1')}
      {input('line2')}
      {input('town')}
      {input('postcode', true)}
      {input('region', true)}
      {(['description', 'transport'] as const).map((name) => (
        <TextArea
          name={name}
          label={t(`directory.place.${name}`)}
          hint={t(`directory.place.${name}-hint`)}
          value={textOf(filled, name)}
          error={filled.errors[name]}
          rows={3}
        />
      ))}
      <Details summary={t('directory.place.times', { entry: service.name })} open={said}>
        <p class="govuk-hint">{t('directory.place.times-hint')}</p>
        {also ? <p class="govuk-hint">{t('directory.place.times-own')}</p> : null}
        <p class="govuk-hint">{t('directory.times.hint')}</p>
        {boxes.map((name, i) => (
          <Input
            name={name}
            label={t(`directory.day.${i + 1}`)}
            value={textOf(filled, name)}
            error={filled.errors[name]}
          />
        ))}
      </Details>
    </>
  )
}

function boxOf(weekday: (typeof weekdays)[number]) {
  return `open${weekday}` as const
}

/** When the entry is open at this place, as its boxes show it. */
async function weekAt(
  c: Context<MemberEnv>,
  serviceId: string,
  place: EditedPlace | null,
): Promise<FormValues> {
  const times = place === null ? [] : await timesAtPlaces(c.var.db, serviceId)
  const here = times.filter((each) => each.placeId === place?.id)
  const bare = c.var.t('directory.times.bare')
  const boxes = weekdays.map((weekday) => [
    boxOf(weekday),
    writeDay(
      here.filter((each) => each.weekday === weekday),
      bare,
    ),
  ])
  return Object.fromEntries(boxes) as FormValues
}

function readWeek(c: Context<MemberEnv>, data: PlaceForm): PlaceWeek {
  const read = weekdays.map((weekday) => ({
    weekday,
    spans: readDay(data[boxOf(weekday)], c.var.t('directory.times.bare')),
  }))
  const wrong = read.filter((each) => each.spans === null).map((each) => boxOf(each.weekday))
  if (wrong.length > 0) return { wrong }
  return {
    times: read.flatMap(({ weekday, spans }) =>
      (spans ?? []).map((span) => ({ what: 'open' as const, weekday, ...span })),
    ),
  }
}

function valuesOf(place: EditedPlace | null): FormValues {
  if (place === null) return {}
  const text = (
    name: 'name' | 'line1' | 'line2' | 'town' | 'postcode' | 'region' | 'description' | 'transport',
  ) => [name, place[name] ?? '']
  const fields = ['name', 'line1', 'line2', 'town', 'postcode', 'region', 'description', 'transport'] as const
  return { ...(Object.fromEntries(fields.map(text)) as FormValues), kind: place.kind }
}
