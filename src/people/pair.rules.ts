/** Who works with a file: whoever looks after it and its team, without the privacy leads. */
export interface FileTeam {
  readonly ownerId: string
  readonly holders: readonly string[]
}

/** Those who work with a file, and those who work with both of two. */
export function teamsOf(
  one: FileTeam,
  other: FileTeam,
  leads: readonly string[],
): { readonly one: readonly string[]; readonly other: readonly string[]; readonly both: readonly string[] } {
  const workers = (file: FileTeam) => [
    ...new Set([file.ownerId, ...file.holders.filter((account) => !leads.includes(account))]),
  ]
  const [a, b] = [workers(one), workers(other)]
  return { one: a, other: b, both: a.filter((account) => b.includes(account)) }
}
