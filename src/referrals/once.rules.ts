import { hash } from 'node:crypto'

/**
 * The id of the thread that a form begins: the same form of the same account, sent again because its answer never arrived,
 * has the same one. What the form holds counts, so a form that was changed on the way back begins another; account and party
 * count, so that nobody can name a thread of somebody else. A form without a mark of its own begins a new one each time.
 */
export function onceId(
  by: { readonly partyId: string; readonly accountId: string },
  mark: string,
  said: unknown,
): string | undefined {
  if (mark === '') return undefined
  const hex = hash('sha256', JSON.stringify([by.partyId, by.accountId, mark, said]), 'hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
