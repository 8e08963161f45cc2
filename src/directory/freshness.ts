import data from './freshness.json' with { type: 'json' }

const kept = { ...data }

/** How long an entry counts as right, how early and how often its owner is asked, how long a link and a suggestion live, and how long an import can be undone. */
export const freshness: Readonly<
  Record<'staleDays' | 'askAheadDays' | 'restDays' | 'linkDays' | 'suggestionDays' | 'undoDays', number>
> = kept

/** Lets an installation say for itself after how many days an entry is stale; said nothing, the rule of the file counts. */
export function staleAfter(days: string | undefined): void {
  kept.staleDays = days?.trim() ? Number(days) : data.staleDays
}
