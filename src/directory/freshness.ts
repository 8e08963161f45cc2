import data from './freshness.json' with { type: 'json' }

/** How long an entry counts as right, how early and how often its owner is asked, and how long a link and a suggestion live. */
export const freshness: Readonly<
  Record<'staleDays' | 'askAheadDays' | 'restDays' | 'linkDays' | 'suggestionDays', number>
> = data
