import { type PartyKeys } from '#platform/access'
import {
  type BoxPair,
  type Bytes,
  digest,
  framed,
  openBytes,
  packPartySecrets,
  partyDataKey,
  sealBytes,
  unpackPartySecrets,
} from '#platform/crypto'

/**
 * Seals one version of a party's secrets to its recovery sheet, under a key that only the paper gives: whoever can write to the
 * database knows the sheet's public half, and cannot put secrets of their own there.
 */
export function sealToSheet(sheet: BoxPair, partyId: string, keys: PartyKeys): Bytes {
  return sealBytes(sheetKey(sheet), sheetAad(partyId, keys.version), packPartySecrets(keys))
}

/** Opens `sealToSheet`; throws Unopenable for another sheet, party or version. */
export function openFromSheet(
  sheet: BoxPair,
  partyId: string,
  row: { readonly version: number; readonly secrets: Bytes },
): PartyKeys {
  const packed = openBytes(sheetKey(sheet), sheetAad(partyId, row.version), row.secrets)
  const secrets = unpackPartySecrets(packed)
  return { version: row.version, ...secrets, data: partyDataKey(secrets) }
}

function sheetKey({ secretKey }: BoxPair): Bytes {
  return digest('anydoor/sheet/key', secretKey)
}

function sheetAad(partyId: string, version: number): Bytes {
  return framed('anydoor/sheet', new TextEncoder().encode(`${partyId}|${version}`))
}
