import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

import areas from '../src/directory/postcode-areas.json' with { type: 'json' }

type Json = Record<string, unknown>

const towns = Object.entries(areas.areas).map(([letters, [town]]) => ({ letters, town: String(town) }))
const first = [
  'Ash',
  'Birch',
  'Clay',
  'Dun',
  'Elm',
  'Fern',
  'Gorse',
  'Hazel',
  'Ivy',
  'Kirk',
  'Lark',
  'Moss',
  'Nether',
  'Oak',
  'Pell',
]
const middle = [
  'a',
  'be',
  'ing',
  'ley',
  'min',
  'or',
  'ra',
  'sel',
  'ter',
  'wen',
  'hol',
  'gar',
  'den',
  'stan',
  'mor',
]
const last = [
  'bourne',
  'bridge',
  'combe',
  'dale',
  'field',
  'ford',
  'ham',
  'hurst',
  'mere',
  'stead',
  'stow',
  'thorpe',
  'ton',
  'wick',
  'worth',
]

/**
 * The invented services of the demo from number `from` up to `to`, in a town of each UK postcode area by turns: names, areas,
 * codes and quarters of their own, the same in every run. An HSDS file as text.
 */
export function placesFile(from: number, to: number): string {
  const source = new URL('../src/demo/northmere.hsds.json', import.meta.url)
  const file = JSON.parse(readFileSync(source, 'utf8')) as { contents: Json[] }
  const contents = Array.from({ length: to - from }, (_, at) => serviceNumber(file.contents, from + at))
  return JSON.stringify({ ...file, total_items: contents.length, size: contents.length, contents })
}

/** A town of the generator by number, to search near. */
export function townNumber(number: number): { readonly letters: string; readonly town: string } {
  return towns[number % towns.length] ?? { letters: 'LS', town: 'Leeds' }
}

/** A quarter that services name in their own words. */
export function quarterNumber(number: number): string {
  const pick = (list: readonly string[], by: number) => list[Math.floor(number / by) % list.length] ?? ''
  return pick(first, 1) + pick(middle, first.length) + pick(last, first.length * middle.length)
}

function serviceNumber(patterns: readonly Json[], number: number): Json {
  const pattern = patterns[number % patterns.length]
  if (pattern === undefined) throw new Error('The demo lists no service.')
  const round = Math.floor(number / patterns.length)
  const { letters, town } = townNumber(round)
  const text = JSON.stringify(pattern)
    .replaceAll(
      /"id":"([0-9a-f-]{36})"/g,
      (_all, id: string) => `"id":"${otherId(id, id.startsWith('6a') ? round % towns.length : number)}"`,
    )
    .replaceAll(/ZZ99 /g, `${letters}${(round % 19) + 1} `)
    .replaceAll('Northmere', town)
  const made = JSON.parse(text) as Json
  return {
    ...made,
    alternate_name: `${String(made['alternate_name'])}-${number}`,
    description: `${String(made['description'])} In ${quarterNumber(round * 7)} and ${quarterNumber(round * 13 + 5)}.`,
  }
}

/** Another id, the same in every run. */
function otherId(id: string, round: number): string {
  const hex = createHash('sha256').update(`${id} ${round}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
