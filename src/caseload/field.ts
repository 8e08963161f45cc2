/** What a column of a sheet can become. */
export const fieldIds = [
  'name',
  'aloud',
  'phone',
  'email',
  'safe',
  'language',
  'needs',
  'opened',
  'worker',
  'children',
  'harm',
  'note',
] as const
export type FieldId = (typeof fieldIds)[number]

/** Which column, by its place from 0, is which field. Several columns can be notes; any other field has one. */
export type Mapping = Readonly<Record<number, FieldId>>
