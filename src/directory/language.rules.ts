const codes =
  'af sq am ar hy az eu be bn bs bg ca zh hr cs cy da nl en et fa fi fr gd ga gl ka de el gu he hi hu is id it ja kn kk km ko ku ky lo lv lt mk ms ml mt mi mr mn ne no om ps pl pt pa ro ru sm sr sn sd si sk sl so es sw sv ta te th ti tr uk ur uz vi wo xh yi yo zu yue'.split(
    ' ',
  )
const names = new Intl.DisplayNames('en', { type: 'language' })
const byName = new Map([
  ...codes.map((code) => [(names.of(code) ?? code).toLowerCase(), code] as const),
  ...([
    ['farsi', 'fa'],
    ['dari', 'fa-af'],
    ['panjabi', 'pa'],
    ['mandarin', 'zh'],
    ['cantonese', 'yue'],
    ['gaelic', 'gd'],
    ['castilian', 'es'],
  ] as const),
])

/** The code of a language whose English name or code is given; null when it is none. */
export function knownLanguage(given: string): string | null {
  const code = languageCode(given)
  if (/^[a-z]{2,3}(-[a-z\d]{2,8})*$/.test(code) && names.of(code)?.toLowerCase() !== code) return code
  return null
}

/** A language as its code, whether the code or the English name is given; in small letters. What is neither stays as it is. */
export function languageCode(given: string): string {
  const text = given.trim().toLowerCase()
  return byName.get(text) ?? text
}
