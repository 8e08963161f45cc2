/** Told how much of a step is done, from 0 to 1; called often, so it must be quick. */
export type Tell = (share: number) => void

/** Tells of a part of a step that goes from one share of it to another. */
export function tellPart(tell: Tell | undefined, from: number, to: number): Tell | undefined {
  return tell === undefined ? undefined : (share) => tell(from + share * (to - from))
}
