import sets from './word-sets.json' with { type: 'json' }

const irregular: Readonly<Record<string, string>> = sets.irregular

/** Every form of a verb or noun that an English text may hold. Too many forms do no harm: nobody writes *chooseing*. */
export function formsOf(word: string): readonly string[] {
  const stems = [word, ...doubled(word)]
  const made = stems.flatMap((stem) => [`${stem}s`, `${stem}ed`, `${stem}ing`])
  if (/(s|x|z|ch|sh|o)$/.test(word)) made.push(`${word}es`)
  if (/[^aeiou]y$/.test(word)) made.push(`${word.slice(0, -1)}ies`, `${word.slice(0, -1)}ied`)
  if (word.endsWith('e')) made.push(`${word}d`, `${word.slice(0, -1)}ing`)
  return [...new Set([word, ...made, ...(irregular[word]?.split(' ') ?? [])].flatMap(spellingsOf))]
}

/** British and American spelling of one word, and the other way round. */
export function spellingsOf(word: string): readonly string[] {
  const other = word
    .replace(/(?<=..)is(e|es|ed|ing|er|ers|ation|ations)$/, 'iz$1')
    .replace(/(?<=...)our(s|ed|ing|al|ally)?$/, 'or$1')
    .replace(/(?<=...)ence$/, 'ense')
    .replace(/(?<=[aeiou])ll(ed|ing|or|ors)$/, 'l$1')
  return other === word ? [word] : [word, other]
}

// A short vowel and one consonant at the end: `stop`, `put`; w, x and y never double.
function doubled(word: string): readonly string[] {
  return /[^aeiou][aeiou][^aeiouwxy]$/.test(word) ? [word + word.slice(-1)] : []
}
