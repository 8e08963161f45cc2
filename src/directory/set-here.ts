import type { LocationRecord, Status, Wishes } from './listing.ts'
import type { PartnerDetail, ServiceTime } from './practical.ts'
import type { Threshold } from './threshold.ts'

/** Fields that an editor can set and that have no date of their own. Whatever of these a person has set here, no file undoes. */
export const fieldsSetHere = [
  'clauses',
  'after_needs',
  'access',
  'access_text',
  'documents',
  'bill_to',
  'insurers',
  'diagnosis_to_pay',
  'cost',
  'fees_text',
  'needs_no_public_funds',
  'times',
  'times_text',
  'terms',
  'survivor_led',
  'led_by',
  'partner_detail',
  'contacts',
  'phones',
  'email',
  'url',
  'application_process',
  'name',
  'alternate_name',
  'description',
  'status',
  'needs',
  'eligibility_text',
  'alert',
  'self_referral',
  'consultation',
  'remote',
  'languages',
  'areas',
  'worker_gender',
  'models',
  'places',
] as const
export type FieldSetHere = (typeof fieldsSetHere)[number]

/** The same of an organisation, by the names that its history has for them. */
export const organizationFieldsSetHere = [
  'organization_phones',
  'organization_email',
  'organization_website',
  'organization_must_report',
] as const
export type OrganizationFieldSetHere = (typeof organizationFieldsSetHere)[number]

/** The field of an organisation that a changed field of its history is; null where nobody sets it here. */
export function organizationFieldSetHere(changed: string): OrganizationFieldSetHere | null {
  return organizationFieldsSetHere.find((each) => each === changed) ?? null
}

/** The field that a changed field of the history belongs to; null where a date decides, or nobody sets it here. */
export function setHereBy(changed: string): FieldSetHere | null {
  const field = changed.startsWith('clauses') ? 'clauses' : changed
  return fieldsSetHere.find((each) => each === field) ?? null
}

/** What stands here of one entry before a file is written over it, and which of it a person has set. */
export interface Standing {
  /** Each field with the day on which it was set last. */
  readonly set: Readonly<Partial<Record<FieldSetHere, string>>>
  readonly assuredOn: string | null
  readonly assuredBy: string | null
  readonly thresholds: readonly Omit<Threshold, 'forbiddenRule' | 'forbiddenFacets'>[]
  readonly afterNeeds: readonly string[]
  readonly access: readonly string[]
  readonly accessText: string | null
  readonly documents: readonly string[] | null
  readonly billTo: 'nobody' | 'agency' | 'insurer' | 'person' | null
  readonly insurers: readonly string[]
  readonly diagnosisToPay: boolean | null
  readonly cost: Wishes['cost']
  readonly feesText: string | null
  readonly needsNoPublicFunds: boolean | null
  readonly survivorLed: boolean | null
  readonly ledBy: readonly string[]
  readonly times: readonly ServiceTime[]
  readonly timesText: string | null
  readonly terms: readonly string[]
  readonly partner: PartnerDetail | null
  readonly phones: readonly { readonly number: string; readonly label: string }[]
  readonly email: string | null
  readonly url: string | null
  readonly applicationProcess: string | null
  readonly name: string
  readonly alternateName: string | null
  readonly description: string
  readonly status: Status
  readonly needs: readonly string[]
  readonly eligibilityText: string | null
  readonly alert: string | null
  readonly selfReferral: boolean
  readonly consultation: boolean
  readonly remote: boolean | null
  readonly languages: readonly string[]
  readonly areas: readonly string[]
  readonly workerGender: readonly string[]
  readonly models: readonly string[]
  readonly places: readonly LocationRecord[]
}

/** The same of an organisation. */
export interface OrganizationStanding {
  readonly set: readonly OrganizationFieldSetHere[]
  readonly phones: Standing['phones']
  readonly email: string | null
  readonly website: string | null
  readonly mustReport: readonly string[] | null
}
