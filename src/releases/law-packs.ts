import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LawPack } from './law-pack.ts'
import { countryOf, readLawPack } from './law-pack.rules.ts'
import type { PackId } from './sharing.ts'

const bundled = fileURLToPath(new URL('../../packs/', import.meta.url))

/** The packs of a folder, and a sentence for each file that is none. A folder that is not there holds none. */
export function packsIn(folder: string): {
  readonly packs: readonly LawPack[]
  readonly problems: readonly string[]
} {
  const packs: LawPack[] = []
  const problems: string[] = []
  for (const name of namesIn(folder)) {
    const path = join(folder, name)
    const pack = packAt(path)
    if ('cannot' in pack) problems.push(`${path}: ${pack.cannot}`)
    else if (packs.some((each) => each.id === pack.id))
      problems.push(`${path}: another file of the folder is ${pack.id} already; keep one`)
    else packs.push(pack)
  }
  return { packs, problems }
}

/** One pack from its file, or a sentence. */
export function packAt(path: string): LawPack | { readonly cannot: string } {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return { cannot: 'cannot be read; check the rights of this account' }
  }
  try {
    return readLawPack(JSON.parse(text))
  } catch {
    return { cannot: 'is not JSON; mend it or take it out' }
  }
}

let loaded: ReadonlyMap<string, LawPack> | null = null

/**
 * Puts the packs of the program and those of the operator's folder in force; an operator's pack stands in for the program's of
 * the same id. Gives one sentence for each file that could not be used: it counts as missing, which is the strictest.
 */
export function loadLawPacks(folder: string | null): readonly string[] {
  const own = packsIn(bundled)
  const added = folder === null ? { packs: [], problems: [] } : packsIn(folder)
  loaded = new Map([...own.packs, ...added.packs].map((pack) => [pack.id, pack]))
  return [...own.problems, ...added.problems]
}

/** The packs in force, by name. */
export function lawPacks(country: PackId | null = null): readonly LawPack[] {
  if (loaded === null) loadLawPacks(null)
  return [...(loaded?.values() ?? [])]
    .filter((pack) => country === null || countryOf(pack) === country)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}

/** The pack of a state or nation, or null where none is loaded or it belongs to another country. */
export function lawPackOf(country: string, law: string | null): LawPack | null {
  return lawPacks().find((pack) => pack.id === law && countryOf(pack) === country) ?? null
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
  } catch {
    return []
  }
}
