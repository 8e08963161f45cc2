import { type Bytes, type CellAddress, newKey, openCell, sealCell, Unopenable } from '#platform/crypto'

/** The two functions that every sealed column passes. */
export interface Seals {
  readonly sealCell: (key: Bytes, address: CellAddress, text: string) => Bytes
  readonly openCell: (key: Bytes, address: CellAddress, sealed: Bytes) => string
}

export const realSeals: Seals = { sealCell, openCell }

/** What a moved cell could differ in and still open, and whether its size tells its length. */
export function sealProblems(seals: Seals): readonly string[] {
  const key = newKey()
  const home: CellAddress = { party: 'a', table: 'people.card', column: 'body', row: '1', keyVersion: 1 }
  const sealed = seals.sealCell(key, home, 'words')
  const elsewhere: Readonly<Record<keyof CellAddress, CellAddress>> = {
    party: { ...home, party: 'b' },
    table: { ...home, table: 'people.note' },
    column: { ...home, column: 'title' },
    row: { ...home, row: '2' },
    keyVersion: { ...home, keyVersion: 2 },
  }
  const moved = Object.entries(elsewhere).flatMap(([part, address]) =>
    opens(() => seals.openCell(key, address, sealed)) ? [`opens in another ${part}`] : [],
  )
  const changed = Uint8Array.from(sealed)
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
  const sizes = new Set(['', 'a', 'a little longer'].map((text) => seals.sealCell(key, home, text).length))
  return [
    ...moved,
    ...(opens(() => seals.openCell(key, home, changed)) ? ['opens after a change'] : []),
    ...(opens(() => seals.openCell(newKey(), home, sealed)) ? ['opens with another key'] : []),
    ...(sizes.size === 1 ? [] : ['its size tells its length']),
  ]
}

/** Seals that leave one thing undone. */
export const weakSeals: Readonly<Record<string, Seals>> = {
  ...Object.fromEntries(
    (['party', 'table', 'column', 'row'] as const).map((part) => [
      `opens in another ${part}`,
      blinded((address) => ({ ...address, [part]: '' })),
    ]),
  ),
  'opens in another keyVersion': blinded((address) => ({ ...address, keyVersion: 0 })),
  'opens with another key': {
    sealCell: (_key, address, text) => sealCell(new Uint8Array(32), address, text),
    openCell: (_key, address, sealed) => openCell(new Uint8Array(32), address, sealed),
  },
  'opens after a change': {
    sealCell: (_key, _address, text) => Buffer.from(text.padEnd(64)),
    openCell: (_key, _address, sealed) => Buffer.from(sealed).toString().trim(),
  },
  'its size tells its length': {
    sealCell: (key, address, text) =>
      Buffer.concat([sealCell(key, address, text), Buffer.alloc(text.length)]),
    openCell: (key, address, sealed) => openCell(key, address, sealed),
  },
}

function blinded(blind: (address: CellAddress) => CellAddress): Seals {
  return {
    sealCell: (key, address, text) => sealCell(key, blind(address), text),
    openCell: (key, address, sealed) => openCell(key, blind(address), sealed),
  }
}

function opens(open: () => string): boolean {
  try {
    open()
    return true
  } catch (error) {
    if (error instanceof Unopenable) return false
    throw error
  }
}
