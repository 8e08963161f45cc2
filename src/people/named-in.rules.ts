/** Words that begin with a capital letter in a sentence, or stand beside a name, and name nobody. */
const nobody = new Set(
  (
    'a all also an and anybody anyone at ask both but by call can either ex for from he her his i if in is my neither never no nobody ' +
    'none nor not of on only or our please ring she talk tell text that the their them they this through to via who with'
  ).split(' '),
)

/** Words for somebody that are no name of theirs: left out where a name stands beside them. */
const kin = new Set(
  (
    'aunt auntie aunty brother colleague cousin dad daughter father friend gran grandad grandma grandpa granny husband mom mother ' +
    'mr mrs ms mum mx dr nan neighbor neighbour nephew niece partner sister son uncle wife'
  ).split(' '),
)

/** The words of a text as they are compared: small letters without marks; what has an apostrophe inside is a word of its own. */
export function plainWords(text: string): readonly string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLocaleLowerCase()
  return plain.match(/\p{L}(?:[\p{L}'’-]*\p{L})?/gu) ?? []
}

/** The first names that stand in a text with a capital letter. */
export function firstNames(text: string): readonly string[] {
  return runsOf(text).flatMap(([first = '']) => (first.length > 1 ? [first] : []))
}

/**
 * The first names that stand in a text, as far as capital letters tell; where they do not, every word that could say who: *Mum*, *her
 * sister*. A family name is shared by those who are safe and those who are not, so that it alone says nothing.
 */
export function givenNames(text: string): readonly string[] {
  if (runsOf(text).length > 0) return firstNames(text)
  return plainWords(text).filter((word) => word.length > 1 && !nobody.has(word))
}

/** Whether a text names this person: by the whole name, or by the first name where no other family name follows it. */
export function isNamedIn(text: string, name: string): boolean {
  const words = plainWords(name)
  const [first = ''] = words
  if (first.length < 2) return false
  if (` ${plainWords(text).join(' ')} `.includes(` ${words.join(' ')} `)) return true
  const runs = runsOf(text)
  // Without capital letters nothing tells a family name apart.
  if (runs.length === 0) return plainWords(text).includes(first)
  return runs.some((run) => run.at(-1) === first)
}

/** Words with a capital letter that follow each other, each a name, without what names nobody. */
function runsOf(text: string): readonly (readonly string[])[] {
  const runs = text.match(/\p{Lu}[\p{L}\p{M}'’-]*(?:[ \t]+\p{Lu}[\p{L}\p{M}'’-]*)*/gu) ?? []
  return runs
    .map((run) => plainWords(run).filter((word) => !nobody.has(word) && !kin.has(word)))
    .filter((run) => run.length > 0)
}
