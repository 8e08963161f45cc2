/** One deliberate mistake in the source of a rule, and the test file that has to be red because of it. */
export interface RuleFault {
  /** What it would let out. */
  readonly what: string
  /** The file of the rule, from the root of the repository. */
  readonly file: string
  /** The piece of the rule, word for word; it has to stand there exactly once. */
  readonly from: string
  /** What comes in its place. */
  readonly to: string
  /** The test file, from the root of the repository. */
  readonly by: string
}

/** Several mistakes in one rule: what each would let out, the piece, what comes in its place. */
export function faultsIn(
  file: string,
  by: string,
  mistakes: readonly (readonly [what: string, from: string, to: string])[],
): readonly RuleFault[] {
  return mistakes.map(([what, from, to]) => ({ what, file, by, from, to }))
}
