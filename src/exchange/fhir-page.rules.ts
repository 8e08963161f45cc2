import { type Bytes, fromText, keyedDigest, openBytes, sealBytes, toText } from '#platform/crypto'

import type { Given, ResourceType } from './fhir-search.ts'

/** The page that a link of a search leads to: its parameters, and the id that the page before ended with. */
export interface LinkedPage {
  readonly used: Given
  readonly after: string | null
}

/** The most characters that the parameters of a sealed page may have, so that its address stays an address. */
export const mostSealed = 3_000

/**
 * Seals what was searched for by POST into the addresses of its pages: whoever reads an address in a log or a history learns no
 * word of it. Only this installation opens it.
 */
export function sealPage(pepper: Bytes, type: ResourceType, { used, after }: LinkedPage): string {
  const plain = Buffer.from(JSON.stringify([used, after]), 'utf8')
  return toText(sealBytes(pageKey(pepper), boundTo(type), plain))
}

/** Opens `sealPage`; null for another resource, another installation or any change. */
export function openPage(pepper: Bytes, type: ResourceType, sealed: string): LinkedPage | null {
  try {
    const plain = openBytes(pageKey(pepper), boundTo(type), fromText(sealed))
    const [used, after] = JSON.parse(Buffer.from(plain).toString('utf8')) as [Given, string | null]
    return { used, after }
  } catch {
    return null
  }
}

function pageKey(pepper: Bytes): Bytes {
  return keyedDigest(pepper, 'anydoor/fhir-page/1')
}

function boundTo(type: ResourceType): Bytes {
  return Buffer.from(`anydoor/fhir-page/1:${type}`, 'utf8')
}
