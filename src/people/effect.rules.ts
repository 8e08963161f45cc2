import type { Effect } from './effect.ts'

export interface EffectsTyped {
  readonly rows: readonly Effect[]
  /** Word keys of what is wrong, by the name of the field. */
  readonly wrong: Readonly<Record<string, string>>
  readonly version: number
  readonly then: string | undefined
}

const mostRows = 20
const mostWords = 2000
const texts = ['done', 'distress', 'getsThrough'] as const

/** Reads the threads of the page; one with nothing in it is left out, which is how it is taken away. */
export function effectsFrom(posted: ReadonlyMap<string, readonly unknown[]>): EffectsTyped {
  const text = (name: string) => {
    const value = posted.get(name)?.[0]
    return typeof value === 'string' ? value.trim() : ''
  }
  const rows: Effect[] = []
  const wrong: Record<string, string> = {}
  for (let i = 0; i < mostRows && posted.has(`id-${i}`); i++) {
    const row = {
      id: text(`id-${i}`).slice(0, 40),
      done: text(`done-${i}`),
      entry: text(`entry-${i}`).slice(0, 40),
      unsaid: text(`unsaid-${i}`) === 'yes',
      distress: text(`distress-${i}`),
      getsThrough: text(`getsThrough-${i}`),
    }
    if (row.id === '' || (row.entry === '' && texts.every((name) => row[name] === ''))) continue
    const at = rows.push(row) - 1
    for (const name of texts)
      if (row[name].length > mostWords) wrong[`${name}-${at}`] = 'people.effects.too-long'
    if (!hasContext(row)) wrong[`done-${at}`] = 'people.effects.context'
  }
  const version = Number(text('version'))
  return { rows, wrong, version: Number.isInteger(version) ? version : 0, then: text('then') || undefined }
}

/** Whether a thread says what it follows from. Without that, neither distress nor what somebody does about it is kept. */
export function hasContext(row: Effect): boolean {
  return row.done !== '' || row.entry !== '' || row.unsaid
}
