/** A permission as the model knows it. */
export interface ModelRelease {
  readonly id: string
  /** The place of the agency it names. */
  readonly to: number
  readonly endsAt: number
  readonly signer: 'self' | 'representative'
  live: boolean
}

/** A copy that crossed under a permission. */
export interface ModelCopy {
  readonly id: string
  readonly threadId: string
  readonly release: ModelRelease
}

/** Somebody of an agency, by the agency's place (0 shares) and their own in it. */
export interface Reader {
  readonly agency: number
  readonly member: number
}

/**
 * What has to be so, in the fewest words that can say it: a copy opens for a member of the one agency that its permission
 * names, while that permission lives, has not ended, and nobody has shut that member out.
 */
export interface Model {
  hours: number
  erased: boolean
  readonly releases: ModelRelease[]
  readonly copies: ModelCopy[]
  /** Members of the sharing agency for whom the case was closed. */
  readonly shutOut: Set<number>
  /** The recipient's own case, by thread. */
  readonly taken: Map<string, string>
  /** Members of a recipient who are kept from a thread for reasons of their own. */
  readonly aside: Set<string>
}

/** Nothing has happened yet. */
export function emptyModel(): Model {
  return {
    hours: 0,
    erased: false,
    releases: [],
    copies: [],
    shutOut: new Set(),
    taken: new Map(),
    aside: new Set(),
  }
}

/** Whether a permission lets anything through at this hour. */
export function holds(model: Model, release: ModelRelease): boolean {
  return !model.erased && release.live && model.hours < release.endsAt
}

/** One reader in one thread, as `aside` keeps them. */
export function inThread(who: Reader, threadId: string): string {
  return `${who.agency} ${who.member} ${threadId}`
}

/** Whether the copy is in this reader's list at all, open or ended. */
export function seesRow(model: Model, who: Reader, copy: ModelCopy): boolean {
  return who.agency === copy.release.to && !model.aside.has(inThread(who, copy.threadId))
}

/** Whether it opens for them. */
export function opens(model: Model, who: Reader, copy: ModelCopy): boolean {
  return seesRow(model, who, copy) && holds(model, copy.release)
}

/** Danger changed, somebody was named, or another took its place: these permissions let nothing through any more. */
export function stop(model: Model, which: (release: ModelRelease) => boolean): void {
  for (const release of model.releases) if (which(release)) release.live = false
}
