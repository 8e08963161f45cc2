import type { Outcome } from '#directory'

/** How a report calls what became of a record: its counts and, as JSON, its records use the same four names. */
export const outcomeNames = {
  imported: 'imported',
  'imported-with-warnings': 'importedWithWarnings',
  held: 'held',
  rejected: 'rejected',
} as const satisfies Readonly<Record<Outcome, string>>
