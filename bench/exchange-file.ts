import { createWriteStream } from 'node:fs'
import { once } from 'node:events'

import { placesFile } from './directory-places.ts'

const perPiece = 1_000

/** Writes the generated services into one HSDS file, a page with a record in each line. */
export async function writeExchangeFile(file: string, count: number): Promise<void> {
  const out = createWriteStream(file)
  out.write(`{"total_items":${count},"page_number":1,"size":${count},"contents":[\n`)
  for (let from = 0; from < count; from += perPiece) {
    const { contents } = JSON.parse(placesFile(from, Math.min(count, from + perPiece))) as {
      readonly contents: readonly unknown[]
    }
    const lines = contents.map((each) => JSON.stringify(each)).join(',\n')
    if (!out.write(`${from === 0 ? '' : ',\n'}${lines}`)) await once(out, 'drain')
  }
  out.end('\n]}\n')
  await once(out, 'finish')
}
