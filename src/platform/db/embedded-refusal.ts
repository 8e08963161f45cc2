/** The built-in database cannot run here; the message says why and what to do. */
export interface EmbeddedRefusal {
  readonly refused: 'embedded-database'
  readonly message: string
}

/** Words a refusal. */
export function refuse(message: string): EmbeddedRefusal {
  return { refused: 'embedded-database', message }
}
