import { placeSigns, secretsOf } from './confidential.rules.ts'
import type { Asked, EditedPlace, PlaceForm, PlaceWeek, PlaceWrong } from './place-edit.ts'
import type { ServiceDetail } from './service.ts'
import { namesAddress } from './suggestion.rules.ts'

type Entry = Pick<ServiceDetail, 'kind' | 'confidential' | 'places' | 'pack'>

/** Whether an entry keeps a place private, its own or one of several: then no address can be given (DESIGN 6.3). */
function keepsPrivate({ confidential, places }: Pick<Entry, 'confidential' | 'places'>): boolean {
  return confidential || places.some((each) => each.confidential)
}

/** What may be said of a place of this entry, or of a new one; null: no place can be added. */
export function askedOf(entry: Entry, place: EditedPlace | null): Asked | null {
  if (entry.kind === 'for-people-using-abuse') return place === null ? null : 'nothing'
  if (place === null) return keepsPrivate(entry) ? 'region' : 'whole'
  if (place.others > 0) return 'nothing'
  if (place.confidential) return 'region'
  return keepsPrivate(entry) ? 'nothing' : 'whole'
}

/** A private place stays where it alone keeps the entry from naming an address: taken away, it could come back with one. */
export function mayTakeAway(entry: Pick<Entry, 'confidential'>, place: EditedPlace): boolean {
  return !place.confidential || entry.confidential
}

/** Whether the place can be made private here. */
export function mayHide(entry: Pick<Entry, 'kind'>, place: EditedPlace): boolean {
  return !place.confidential && entry.kind !== 'for-people-using-abuse'
}

/** What is wrong with a place as it was said. What a file brought as odd may stay as odd. */
export function placeWrong(
  form: PlaceForm,
  pack: 'uk' | 'us',
  asked: Exclude<Asked, 'nothing'>,
  stands: EditedPlace | null,
): PlaceWrong {
  const region = regionWrong(form.region, asked, stands)
  if (asked === 'region') return region
  const address = [form.line1, form.line2, form.town, form.postcode]
  return {
    ...(form.kind === '' ? { kind: 'kind-missing' } : {}),
    ...nameWrong(form, stands),
    ...(form.kind === 'virtual' && address.some((each) => each !== '') ? { kind: 'virtual-address' } : {}),
    ...(form.kind === 'virtual' || [...address, form.region].some((each) => each !== '')
      ? {}
      : { line1: 'address-missing' }),
    ...(form.postcode === (stands?.postcode ?? '') || isPostcode(form.postcode, pack)
      ? {}
      : { postcode: 'postcode-wrong' }),
    ...region,
  }
}

/** What is wrong with the times at a place: a box that cannot be read, or times where nobody is met. */
export function weekWrong(week: PlaceWeek, kind: PlaceForm['kind']): PlaceWrong {
  if ('wrong' in week) return Object.fromEntries(week.wrong.map((box) => [box, 'times-wrong']))
  const [first] = week.times
  if (first === undefined || kind === 'physical' || kind === '') return {}
  return { [`open${first.weekday}`]: 'times-nowhere' }
}

/** A region as it may be shown of any place, even one that becomes private later: no figures, no street. */
export function isRegion(text: string): boolean {
  return !/\d/.test(text) && !namesAddress(text)
}

/** A postcode as it is kept: a UK one in capitals, with one blank before its last three. */
export function postcodeKept(text: string, pack: 'uk' | 'us'): string {
  if (pack === 'us') return text
  const found = ukPostcode.exec(text)
  return found === null ? text : `${found[1] ?? ''} ${found[2] ?? ''}`.toUpperCase()
}

/** Whatever leads to this place in the words of an entry. */
export function leadsTo(
  place: Pick<EditedPlace, 'name' | 'line1' | 'line2' | 'postcode'> & {
    readonly latitude: number | null
    readonly longitude: number | null
  },
  entry: Pick<ServiceDetail, 'name' | 'organizationName'>,
): readonly string[] {
  const { name, line1, line2, postcode, latitude, longitude } = place
  const address = { address_1: line1 ?? '', address_2: line2 ?? '', postal_code: postcode ?? '' }
  return secretsOf(
    {
      name: entry.name,
      organization: { name: entry.organizationName },
      locations: [{ name: name ?? '', latitude, longitude, addresses: [address] }],
    },
    false,
  )
}

const ukPostcode = /^([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})$/i
const usZip = /^\d{5}(-\d{4})?$/

function isPostcode(text: string, pack: 'uk' | 'us'): boolean {
  return text === '' || (pack === 'uk' ? ukPostcode : usZip).test(text)
}

function nameWrong({ name, kind }: PlaceForm, stands: EditedPlace | null): PlaceWrong {
  if (name === '') return kind === 'virtual' ? { name: 'name-missing' } : {}
  if (name === stands?.name) return {}
  return placeSigns({ locations: [{ name }] }).looksSo ? { name: 'looks-private' } : {}
}

function regionWrong(
  region: string,
  asked: Exclude<Asked, 'nothing'>,
  stands: EditedPlace | null,
): PlaceWrong {
  if (region === '') return asked === 'region' && stands === null ? { region: 'region-missing' } : {}
  const stood = asked === 'whole' && region === stands?.region
  return stood || isRegion(region) ? {} : { region: 'region-wrong' }
}
