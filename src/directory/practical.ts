import accessFile from './access.json' with { type: 'json' }

/** Something that helps a person to get in and be understood. */
export interface AccessFeature {
  readonly code: string
  /** It speaks of a building: a service whose place is secret never has it. */
  readonly building: boolean
  /** Words of a feed that say it. */
  readonly reads: RegExp
}

/** Every access feature, in the order of the data file. */
export const accessFeatures: readonly AccessFeature[] = accessFile.features.map((each) => ({
  ...each,
  reads: new RegExp(each.reads, 'i'),
}))

/** Who gets to see a bill. */
export const billed = ['nobody', 'agency', 'insurer', 'person'] as const
export type Billed = (typeof billed)[number]

/** What a contact is there for. */
export const purposes = ['mental-health', 'domestic-abuse', 'other'] as const
export type Purpose = (typeof purposes)[number]

/** Communities that a service can be led by and for; a file may bring others. */
export const ledByCodes = [
  'women',
  'south-asian-women',
  'latina-women',
  'immigrant-women',
  'lgbt',
  'deaf',
] as const

/** Said where a service is led by and for no community in particular: unlike nothing said, it can be told, and a file can bring it. */
export const ledByNobody = 'none'

/** Communities as they are kept: whoever names one does not say *none*. */
export function ledByOf(codes: readonly string[]): readonly string[] {
  const named = [...new Set(codes)].filter((code) => code !== ledByNobody)
  return named.length > 0 || !codes.includes(ledByNobody) ? named : [ledByNobody]
}

/** One opening or telephone time; days from Monday (1), times as HH:MM. */
export interface ServiceTime {
  readonly what: 'open' | 'phone'
  readonly weekday: number
  readonly opens: string | null
  readonly closes: string | null
  readonly note: string | null
  /** The place in the file, where the time is only of that place. */
  readonly locationSource: string | null
}

/** What a tired person asks of a service beside room and who it is for. */
export interface Practical {
  readonly access: readonly string[]
  readonly accessText: string | null
  /** Null: nobody has said. Empty: nothing at all. */
  readonly documents: readonly string[] | null
  readonly insurers: readonly string[]
  readonly diagnosisToPay: boolean | null
  readonly billTo: Billed | null
  readonly survivorLed: boolean | null
}

/** Somebody to ring at a service. For partners only. */
export interface ContactRecord {
  readonly sourceId: string
  readonly name: string
  readonly role: string
  readonly purpose: Purpose
  readonly phone: string | null
  readonly email: string | null
  /** First and last day away. */
  readonly awayFrom: string | null
  readonly awayUntil: string | null
  readonly coverSource: string | null
  readonly confirmedOn: string | null
}

/** What only partners see. */
export interface PartnerDetail {
  readonly detail: string | null
  readonly phone: string | null
  readonly email: string | null
}

/** What a file says of a service beyond its listing. */
export interface ServiceOffer {
  readonly practical: Practical
  readonly times: readonly ServiceTime[]
  /** Codes of our own terms, and of lists that may have been brought in. */
  readonly terms: readonly string[]
  readonly contacts: readonly ContactRecord[]
  readonly partner: PartnerDetail | null
}

/** Nothing said. */
export const nothingSaid: ServiceOffer = {
  practical: {
    access: [],
    accessText: null,
    documents: null,
    insurers: [],
    diagnosisToPay: null,
    billTo: null,
    survivorLed: null,
  },
  times: [],
  terms: [],
  contacts: [],
  partner: null,
}
