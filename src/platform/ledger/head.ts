import {
  type Bytes,
  framed,
  fromText,
  sha256,
  sign,
  signatureHolds,
  toText,
  Unopenable,
} from '#platform/crypto'

/** What the ledger was at one minute. */
export interface Head {
  /** How many lines the tree held. */
  readonly size: number
  readonly root: Bytes
  /** `headHash` of the head before this one; `beforeFirstHead` for the first. */
  readonly previous: Bytes
  /** As `minuteOf` writes it: `2026-11-22T06:17Z`. */
  readonly at: string
}

/** A head with the installation's Ed25519 signature. */
export interface SignedHead extends Head {
  readonly signature: Bytes
}

/** What stands in the first head for the one before. */
export const beforeFirstHead: Bytes = new Uint8Array(32)

/** The hash that the next head carries. */
export function headHash(head: Head): Bytes {
  return sha256(headBytes(head))
}

/** Signs a head with the installation's secret key. */
export function signHead(secretKey: Bytes, head: Head): SignedHead {
  const { size, root, previous, at } = head
  return { size, root, previous, at, signature: sign(secretKey, headBytes(head)) }
}

/** Whether the installation signed exactly this head. */
export function headHolds(publicKey: Bytes, head: SignedHead): boolean {
  return signatureHolds(publicKey, headBytes(head), head.signature)
}

/** A party's countersignature: that it has seen this root at this size. */
export function signWitness(secretKey: Bytes, seen: Pick<Head, 'size' | 'root'>): Bytes {
  return sign(secretKey, witnessBytes(seen))
}

/** Whether the party with this signing key has seen this root at this size. */
export function witnessHolds(publicKey: Bytes, seen: Pick<Head, 'size' | 'root'>, signature: Bytes): boolean {
  return signatureHolds(publicKey, witnessBytes(seen), signature)
}

/** The head as six lines to print or keep in a file. */
export function headText({ size, root, previous, at, signature }: SignedHead): string {
  const lines = [
    TITLE,
    `size: ${size}`,
    `root: ${toText(root)}`,
    `previous: ${toText(previous)}`,
    `at: ${at}`,
    `signature: ${toText(signature)}`,
  ]
  return `${lines.join('\n')}\n`
}

/** Reads `headText`, forgiving space around lines and between them; null when it is no head. */
export function parseHeadText(text: string): SignedHead | null {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const [title, ...rest] = lines.filter((line) => line !== '')
  if (title !== TITLE || rest.length !== NAMES.length) return null
  const values = rest.map((line, at) => valueOf(line, NAMES[at] ?? ''))
  const [size = '', root = '', previous = '', at = '', signature = ''] = values
  if (!/^(0|[1-9]\d{0,15})$/.test(size) || !/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/.test(at)) return null
  try {
    const read = { root: fromText(root), previous: fromText(previous), signature: fromText(signature) }
    if (read.root.length !== 32 || read.previous.length !== 32 || read.signature.length !== 64) return null
    return { size: Number(size), at, ...read }
  } catch (error) {
    if (error instanceof Unopenable) return null
    throw error
  }
}

const TITLE = 'anydoor ledger head'
const NAMES = ['size', 'root', 'previous', 'at', 'signature'] as const

function valueOf(line: string, name: string): string {
  return line.startsWith(`${name}:`) ? line.slice(name.length + 1).trim() : ''
}

function headBytes({ size, root, previous, at }: Head): Bytes {
  return framed('anydoor/ledger/head/1', sizeBytes(size), root, previous, Buffer.from(at))
}

function witnessBytes({ size, root }: Pick<Head, 'size' | 'root'>): Bytes {
  return framed('anydoor/ledger/witness/1', sizeBytes(size), root)
}

function sizeBytes(size: number): Bytes {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt.asUintN(64, BigInt(size)))
  return bytes
}
