/** A path on this site as given by a stranger, or null for anything that could lead elsewhere. */
export function localPath(text: string | undefined): string | null {
  if (text === undefined || text.length > 2000) return null
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes('\\')) return null
  return text
}
