/** What a note is by law: who may be given it, and who may not. The ids are those of the kinds of record that releases know. */
export const noteClasses = [
  'ordinary',
  'advocate-privilege',
  'therapy-notes',
  'counselling-notes',
  'third-party',
] as const
export type NoteClass = (typeof noteClasses)[number]
