import data from './freshness.json' with { type: 'json' }

/** How long an entry counts as right, how early and how often its owner is asked, how long a link and a suggestion live, and how long an import can be undone. */
export const freshness: Readonly<
  Record<'staleDays' | 'askAheadDays' | 'restDays' | 'linkDays' | 'suggestionDays' | 'undoDays', number>
> = data
