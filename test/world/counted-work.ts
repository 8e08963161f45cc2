import sodium from 'libsodium-wrappers'
import pg from 'pg'

/** What one piece of work cost: its statements in order, and how often each cryptographic function was called. */
export interface Work {
  readonly statements: readonly string[]
  readonly crypto: Readonly<Record<string, number>>
}

type Query = (this: pg.Client, ...args: unknown[]) => unknown

/** Counts what a piece of work asks of the database and of the cryptography, wherever in the program it happens. */
export async function counted<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly work: Work }> {
  const statements: string[] = []
  const calls: Record<string, number> = {}
  const proto = pg.Client.prototype as unknown as { query: Query }
  const query = proto.query
  proto.query = function (...args) {
    const [first] = args
    const text = typeof first === 'string' ? first : (first as { text?: string } | null)?.text
    statements.push(text ?? '')
    return query.apply(this, args)
  }
  const library = sodium as unknown as Record<string, unknown>
  const before = new Map<string, unknown>()
  for (const [name, value] of Object.entries(library)) {
    if (!name.startsWith('crypto_') || typeof value !== 'function') continue
    before.set(name, value)
    library[name] = (...args: unknown[]) => {
      calls[name] = (calls[name] ?? 0) + 1
      return (value as (...given: unknown[]) => unknown)(...args)
    }
  }
  try {
    return { result: await work(), work: { statements, crypto: calls } }
  } finally {
    proto.query = query
    for (const [name, value] of before) library[name] = value
  }
}
