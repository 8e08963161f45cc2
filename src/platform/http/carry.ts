import { type Bytes, formKey, fromText, openBytes, sealBytes, toText } from '#platform/crypto'

/** A posted form as it was: where it was going, and its fields in order. */
export interface CarriedForm {
  readonly path: string
  readonly fields: readonly (readonly [name: string, value: string])[]
}

/** For whom a form is carried: the cookie it came with and the user that cookie belonged to. */
export interface CarriedFor {
  readonly cookie: string
  readonly userId: string
}

// A form may have 256 KiB as posted; quotes and short fields grow a little as JSON.
const LARGEST = 320 * 1024

/** The most characters that a carried form has as text; the pages that carry it take bodies of `CARRYING_BYTES`. */
export const CARRIED_LENGTH = 450_000
export const CARRYING_BYTES = 512 * 1024

/**
 * Seals a form that came after its session died, to travel inside the sign-in page. Nothing is stored here; only the same
 * browser with the same user opens it. Passwords stay behind. Null when it is larger than 320 KiB.
 */
export function sealForm(whose: CarriedFor, form: CarriedForm): string | null {
  const fields = form.fields.filter(([name]) => !/passw|secret/i.test(name))
  const plain = Buffer.from(JSON.stringify([form.path, fields]), 'utf8')
  if (plain.length > LARGEST) return null
  return toText(sealBytes(formKey(whose.cookie), boundTo(whose), plain))
}

/** Opens what `sealForm` sealed; null for another browser, another user, or any change. */
export function openForm(whose: CarriedFor, sealed: string): CarriedForm | null {
  try {
    const plain = openBytes(formKey(whose.cookie), boundTo(whose), fromText(sealed))
    const [path, fields] = JSON.parse(Buffer.from(plain).toString('utf8')) as [string, CarriedForm['fields']]
    return { path, fields }
  } catch {
    return null
  }
}

function boundTo(whose: CarriedFor): Bytes {
  return Buffer.from(`anydoor/form/1:${whose.userId}`, 'utf8')
}
