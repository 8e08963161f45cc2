const made = new Map<string, ReadonlyMap<string, string>>()

/** The two-letter code of a language by its name in `lang`, or of a code itself; null where it is neither. */
export function languageCode(lang: string, name: string): string | null {
  const wanted = name.trim().toLowerCase()
  if (wanted === '') return null
  const codes = made.get(lang) ?? codesOf(lang)
  made.set(lang, codes)
  return codes.get(wanted) ?? ([...codes.values()].includes(wanted) ? wanted : null)
}

function codesOf(lang: string): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames([lang], { type: 'language', fallback: 'none' })
  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')
  const codes = new Map<string, string>()
  for (const code of letters.flatMap((a) => letters.map((b) => a + b))) {
    const name = names.of(code)?.toLowerCase()
    // Some old codes have the name of the one that came after them.
    if (name !== undefined && !codes.has(name)) codes.set(name, Intl.getCanonicalLocales(code)[0] ?? code)
  }
  return codes
}
