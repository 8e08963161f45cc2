import { digest, fromText, newKey, sameBytes, toText } from '#platform/crypto'

/** What is kept of a code word: a random salt and a digest. Nobody can read the word again, the agency included. */
export function keptWord(word: string): string {
  const salt = newKey()
  return `${toText(salt)}.${toText(digest('anydoor code word', salt, plain(word)))}`
}

/** Whether this is the word that was agreed. */
export function isWord(kept: string, word: string): boolean {
  const [salt = '', expected = ''] = kept.split('.')
  const said = plain(word)
  return said.length > 0 && sameBytes(fromText(expected), digest('anydoor code word', fromText(salt), said))
}

/** Said over a telephone: capitals, accents of spacing and marks make no difference. */
function plain(word: string): Uint8Array<ArrayBuffer> {
  const said = word
    .normalize('NFKC')
    .toLocaleLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
  return new TextEncoder().encode(said.trim())
}
