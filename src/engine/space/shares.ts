import { rangeInWords, sizeOf, stepOf, valueAt, type Facet, type Value } from './facet.ts'
import { refuse, shown } from './problem.ts'
import { at, readAmount, readList, readObject, readWhole } from './shape.ts'

/** Pieces of a facet, rising: every step from `low` to `high` has the same share; what is in no piece has none. */
export type Shares = readonly { readonly low: number; readonly high: number; readonly each: number }[]

/** Reads how common the values of a facet are, normalised so that they sum to 1. */
export function sharesAt(facet: Facet, json: unknown, place: string): Shares {
  const pieces = facet.kind === 'integer' ? readRanges(facet, json, place) : readByValue(facet, json, place)
  // Why divided by the largest first: weights near the largest double would sum to infinity.
  const largest = pieces.reduce((most, piece) => Math.max(most, piece.weight), 0)
  if (largest <= 0) refuse(place, 'sums to 0', 'give at least one value a weight above 0')
  const total = pieces.reduce((sum, piece) => sum + piece.weight / largest, 0)
  return pieces
    .filter((piece) => piece.weight > 0)
    .map(({ low, high, weight }) => ({ low, high, each: weight / largest / total / (high - low + 1) }))
}

/** Every value alike. */
export function uniformShares(facet: Facet): Shares {
  const size = sizeOf(facet)
  return [{ low: 0, high: size - 1, each: 1 / size }]
}

interface Piece {
  readonly low: number
  readonly high: number
  readonly weight: number
}

function readByValue(facet: Facet, json: unknown, place: string): Piece[] {
  if (Array.isArray(json)) refuse(place, 'is a list', 'give value and weight, as in { "mild": 2 }')
  const pieces = Object.entries(readObject(json, place)).map(([value, weight]) => {
    const step = stepOf(facet, value)
    if (step < 0)
      refuse(at(place, value), `is not a value of facet ${facet.id}`, `should be ${rangeInWords(facet)}`)
    return { low: step, high: step, weight: readAmount(weight, at(place, value), 0) }
  })
  return pieces.sort((a, b) => a.low - b.low)
}

function readRanges(facet: Facet, json: unknown, place: string): Piece[] {
  const pieces = readList(json, place).map((item, i) => readPiece(facet, item, at(place, i)))
  const sorted = [...pieces].sort((a, b) => a.low - b.low)
  for (const [i, piece] of sorted.entries()) {
    const before = sorted[i - 1]
    if (before === undefined || piece.low > before.high) continue
    refuse(
      at(place, pieces.indexOf(piece)),
      `overlaps another range at ${valueAt(facet, piece.low)}`,
      'let each value lie in one range',
    )
  }
  return sorted
}

function readPiece(facet: Facet, json: unknown, place: string): Piece {
  const given = readObject(json, place, ['min', 'max', 'weight'])
  const low = bound(facet, given['min'], at(place, 'min'))
  const high = bound(facet, given['max'], at(place, 'max'))
  if (low > high)
    refuse(place, `min ${shown(given['min'])} is above max ${shown(given['max'])}`, 'swap them or mend one')
  if (given['weight'] === undefined) refuse(at(place, 'weight'), 'is missing', 'give a number of at least 0')
  return { low, high, weight: readAmount(given['weight'], at(place, 'weight'), 0) }
}

function bound(facet: Facet, json: unknown, place: string): number {
  const value: Value = readWhole(json, place)
  const step = stepOf(facet, value)
  if (step < 0) refuse(place, `${value} lies outside facet ${facet.id}`, `should be ${rangeInWords(facet)}`)
  return step
}
