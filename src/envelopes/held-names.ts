import { z } from 'zod'

import { type BoxPair, type Bytes, openSealed, sealTo, Unopenable } from '#platform/crypto'

const names = z.array(z.string().min(1).max(200)).max(200)

/** What travels beside an envelope so that it can be held from the right people: who must not be shown it, and whom it is about. */
export const HeldNames = z.object({ notFor: names, about: names })
export type HeldNames = z.infer<typeof HeldNames>

const Sealed = HeldNames.extend({ envelope: z.uuid() })
// In steps, so that the size does not tell how many names there are.
const step = 512

/** Seals the names to the recipient, for one envelope. */
export function sealHeldNames(to: Bytes, envelope: string, held: HeldNames): Bytes {
  const text = JSON.stringify({ envelope, ...held })
  const bytes = new TextEncoder().encode(text)
  const padded = new Uint8Array(Math.ceil(bytes.length / step) * step).fill(0x20)
  padded.set(bytes)
  return sealTo(to, padded)
}

/** Opens them; null when they were written for another envelope or are none. */
export function openHeldNames(pair: BoxPair, envelope: string, sealed: Bytes): HeldNames | null {
  try {
    const read = Sealed.safeParse(JSON.parse(new TextDecoder().decode(openSealed(pair, sealed))))
    return read.success && read.data.envelope === envelope ? read.data : null
  } catch (error) {
    if (error instanceof Unopenable || error instanceof SyntaxError) return null
    throw error
  }
}
