import { isKnownTag, textOfTags } from './html-text.rules.ts'

/** The longest text kept of a field, in characters. */
const longestText = 8_000
/** What is looked at of one field at all, once its embedded images are gone. */
const longestRead = 500_000
/** From this length on a text is prose, and says where its links lead. */
const prose = 500

/** Plain text out of text that may hold HTML: nothing that a browser would act on is left. */
export function plainText(
  given: string,
  longest = longestText,
): { readonly text: string; readonly html: boolean; readonly cut: boolean } {
  if (given.length < 400 && given.length <= longest && !untidy.test(given))
    return { text: given, html: false, cut: false }
  const whole = mended(given)
  const bare = withoutData(whole)
  const links: string[] | null = longest >= prose ? [] : null
  let text = bare.slice(0, longestRead)
  let html = bare !== whole
  // Why more than once: feeds escape their HTML, some of them several times.
  for (let turn = 0; turn < mostTurns && /[<&]/.test(text); turn++) {
    const next = textOfTags(tagged(text), links)
    if (next === text) break
    html = true
    text = next
  }
  const tidied = tidy(withLinks(text, links ?? []))
  const clean = isPlain(tidied) ? tidied : tidy(tidied.replace(/[<>]/g, ' ').replace(/&(?=#?\w)/g, '& '))
  const cut = clean.length > longest || bare.length > longestRead
  return { text: shortened(clean, longest), html, cut }
}

const mostTurns = 6

/** What a short text must not have to be kept as it is: nearly all of them have none of it. */
const untidy = /[^ -~\u00a1-\u00ac\u00ae-\u1fff‘’“”–—…€•]|[<&]| {2}|^ | $|\bdata:/i

/** Nothing of a name that could not be stored, shown or compared: control characters, halves of characters, turned-round text. */
function mended(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/[\u0080-\u009f]+/g, (run) => windows1252.decode(Buffer.from(run, 'latin1')))
    .replace(/[^\P{Cc}\n\t]|[\u00ad\u200b\u202a-\u202e\ufeff\ue000-\ue002\ufffe\uffff]/gu, '')
}

// Why: a Windows-1252 file that was read as Latin-1 has its quotation marks and dashes where the control characters are.
const windows1252 = new TextDecoder('windows-1252')

/** Embedded files: as addresses, and as the bare letters that are left of one. Piece by piece: they may be of any length. */
function withoutData(text: string): string {
  if (text.length < 12) return text
  return text
    .replace(/\bdata:[a-z]+\/[-+.\w]{1,80}(;[-\w=]{1,80}){0,4}(;\s*base64)?,\s*[^\s"'<>)]{0,2000}/gi, gone)
    .replace(/[a-z0-9+/]{400,2000}/gi, gone)
    .replace(/\ue002+[a-z0-9+/=%]*/gi, '')
}

const gone = '\ue002'

/**
 * Readies a text for the tokenizer: keeps words that only look like a tag, and what a broken tag would swallow.
 * Escapes of escapes count as one.
 */
function tagged(text: string): string {
  return text
    .replace(/&(?:(?:amp|#0*38|#x0*26);)+/gi, '&')
    .replace(/&(?=[a-z][\w-]*=)/gi, '&amp;')
    .replace(/&[A-Z]{3,6};/g, (name) => (shouted.has(name) ? name.toLowerCase() : name))
    .replace(/<((?:https?:\/\/|mailto:)[^\s<>"']+|[^\s<>@"'=]+@[^\s<>"'=]+\.[^\s<>"'=]+)>/gi, ' $1 ')
    .replace(/<([a-z][^<>"'=/:]*)>/gi, (all, inner: string) =>
      /[\s\d]/.test(inner.trim()) && !isKnownTag(inner) ? ` ${inner} ` : all,
    )
    .replace(/<(?=([a-z][^\s<>/]*)[^<>]*$)/i, (all, name: string) => (isKnownTag(name) ? all : '< '))
}

// Why: a text that a form has put into capitals, with its escapes.
const shouted = new Set(
  '&NBSP; &POUND; &NDASH; &MDASH; &LSQUO; &RSQUO; &LDQUO; &RDQUO; &APOS; &BULL; &EURO;'.split(' '),
)

/** Whether a browser would show these letters as they stand. */
function isPlain(text: string): boolean {
  return !/[<&]/.test(text) || textOfTags(tagged(text), null) === text
}

function withLinks(text: string, links: readonly string[]): string {
  return text.replace(/\ue000(\d+)\ue001/g, (_, nth: string) => links[Number(nth)] ?? '')
}

function tidy(text: string): string {
  const even = withoutData(mended(text))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/<\/(?![a-z])/gi, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return withoutStump(even)
}

/** Of a text that was cut off within a tag or an escape, no stump stays. */
function withoutStump(text: string): string {
  let end = text.length
  let from = end
  for (; end > 0 && '</ \n'.includes(text[end - 1] ?? ''); end--) if (text[end - 1] === '<') from = end - 1
  return text
    .slice(0, from)
    .replace(/&(am|nb|nbs|quo)$/i, '')
    .trimEnd()
}

/** No more than so many letters: ends at a word where one ends nearby, and never within a letter. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text.trimEnd()
  const room = text.slice(0, longest - 1)
  const at = Math.max(room.lastIndexOf(' '), room.lastIndexOf('\n'))
  const end = at > longest * 0.8 ? at : room.length
  return `${room
    .slice(0, end)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trimEnd()}…`
}
