import { addressBytes, type Bytes, openingPlace, type SealAt } from '#platform/crypto'
import type { Actor } from './actor.ts'
import { openWrap, wrapAad } from './case-keys.ts'

/** A cell of a case beside the wrap of the case's key, as octets of one piece; ids are their 16 octets. */
export interface CaseCellRow {
  readonly piece: Buffer
  readonly caseAt: number
  readonly rowAt: number
  /** Whether the wrap is the party's own, or the member's. */
  readonly forParty: boolean
  readonly keyVersion: number
  readonly partyVersion: number
  readonly wrap: SealAt
  readonly body: SealAt
}

/** Opens cells of one column in many cases; whoever takes it closes it, whatever happens. */
export interface OpeningCells {
  /** The text of a cell, as `openCase` reads it; throws Unopenable when wrap or cell was moved or changed. */
  readonly text: (row: CaseCellRow) => string
  readonly close: () => void
}

type Keyholder = Pick<Actor, 'accountId' | 'partyId' | 'keys'>

/**
 * For a list of thousands, where each has a wrap: what wrap and cell are bound to is written once and only the ids in it
 * change, and one place opens them all.
 */
export function openingCells(actor: Keyholder, table: string, column: string): OpeningCells {
  const place = openingPlace()
  const party = actor.partyId
  const wrapFrame = framed((keyVersion, partyVersion) =>
    wrapAad({ partyId: party, caseId: noId, version: keyVersion }, partyVersion),
  )
  const cellFrame = framed((keyVersion) => addressBytes({ party, table, column, row: noId, keyVersion }))
  const last = Buffer.alloc(ID)
  const keepKey = (row: CaseCellRow) => {
    const keys = actor.keys.versions.get(row.partyVersion)
    if (!row.forParty || keys === undefined) place.keep(openWrap(actor, wrapRow(actor, row)).key)
    else place.keepSealed(keys.data, wrapFrame(row, row.caseAt), row.wrap)
    row.piece.copy(last, 0, row.caseAt, row.caseAt + ID)
  }
  return {
    text(row) {
      // No case has an id of zeros, so the first row never seems to be of the same case.
      if (row.piece.compare(last, 0, ID, row.caseAt, row.caseAt + ID) !== 0) keepKey(row)
      return place.text(cellFrame(row, row.rowAt), row.body)
    },
    close: place.close,
  }
}

/** An id as text, from its 16 octets. */
export function idText(octets: Buffer, at: number): string {
  const hex = octets.toString('hex', at, at + ID)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

const ID = 16
const noId = '00000000-0000-0000-0000-000000000000'
const digits = Buffer.from('0123456789abcdef')

/** Octets that name one id, made anew only when a version changes; of the others only the id is written over. */
function framed(make: (keyVersion: number, partyVersion: number) => Bytes) {
  let made: { readonly keyVersion: number; readonly partyVersion: number; readonly octets: Bytes } | null =
    null
  let idAt = 0
  return ({ piece, keyVersion, partyVersion }: CaseCellRow, id: number): Bytes => {
    if (made?.keyVersion !== keyVersion || made.partyVersion !== partyVersion) {
      made = { keyVersion, partyVersion, octets: make(keyVersion, partyVersion) }
      idAt = Buffer.from(made.octets).indexOf(noId)
    }
    writeId(made.octets, idAt, piece, id)
    return made.octets
  }
}

function writeId(target: Bytes, at: number, octets: Buffer, from: number): void {
  let to = at
  for (let i = from; i < from + ID; i += 1) {
    const octet = octets[i] ?? 0
    target[to] = digits[octet >> 4] ?? 0
    target[to + 1] = digits[octet & 15] ?? 0
    to += target[to + 2] === HYPHEN ? 3 : 2
  }
}

const HYPHEN = 0x2d

function wrapRow(actor: Keyholder, row: CaseCellRow) {
  return {
    case_id: idText(row.piece, row.caseAt),
    holder: row.forParty ? actor.partyId : actor.accountId,
    key_version: row.keyVersion,
    party_version: row.partyVersion,
    wrap: row.wrap.bytes.subarray(row.wrap.from, row.wrap.to),
  }
}
