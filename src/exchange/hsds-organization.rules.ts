import { derivedId, isUuid } from './derived-id.rules.ts'
import type { HsdsAttribute, HsdsOrganization, HsdsPhone } from './hsds.ts'
import { withKept } from './kept.rules.ts'
import type { ListedOrganization } from './listed.ts'
import { attributesFor } from './taxonomy.rules.ts'

/** An organisation as HSDS 3.1 says it; the directory's reader makes the same of it again. */
export function organizationInHsds(listed: ListedOrganization): HsdsOrganization {
  const id = outwardId(listed)
  const { own } = attributesFor('organization', id)
  const made = {
    id,
    name: listed.name,
    ...given('alternate_name', listed.alternateName),
    description: listed.description,
    ...given('email', listed.email),
    ...given('website', listed.website),
    ...some('phones', phonesIn(listed.phones, id)),
    attributes: withOwnIds([
      ...sourceIdIn(listed, 'organization', id),
      own('anydoor-sector', listed.sector),
      own('anydoor-pack', listed.pack),
      ...(listed.mustReport ?? []).map((label, i) =>
        own('anydoor-report', 'must-report', String(i + 1), label),
      ),
      ...(listed.trainedUntil === null ? [] : [own('anydoor-training', 'until', listed.trainedUntil)]),
    ]),
  }
  return withKept('organization', made, listed.kept)
}

/** The id under which a row goes out: its source's where that is UUID-shaped, else its own. */
export function outwardId({ id, sourceId }: { readonly id: string; readonly sourceId: string }): string {
  return isUuid(sourceId) ? sourceId : id
}

/** What brings a row home that goes out under its own id: the id of its source. */
export function sourceIdIn(
  { sourceId }: { readonly sourceId: string },
  entity: string,
  parentId: string,
): readonly HsdsAttribute[] {
  return isUuid(sourceId)
    ? []
    : [attributesFor(entity, parentId).own('anydoor-source-id', 'source-id', sourceId)]
}

/** Telephone numbers with what they are for. */
export function phonesIn(phones: ListedOrganization['phones'], parentId: string): readonly HsdsPhone[] {
  return phones.map(({ number, label }) => ({
    id: derivedId('phone', parentId, number, label),
    number,
    ...(label === '' ? {} : { description: label }),
  }))
}

/** The key with its value, or nothing where there is none. */
export function given<K extends string, V>(key: K, value: V | null): { readonly [P in K]?: V } {
  return (value === null ? {} : { [key]: value }) as { readonly [P in K]?: V }
}

/** The key with its list, or nothing where the list is empty. What stands in it twice has two ids. */
export function some<K extends string, V extends { readonly id: string }>(
  key: K,
  list: readonly V[],
): { readonly [P in K]?: readonly V[] } {
  return (list.length === 0 ? {} : { [key]: withOwnIds(list) }) as { readonly [P in K]?: readonly V[] }
}

/** The list with every id once. */
export function withOwnIds<V extends { readonly id: string }>(list: readonly V[]): readonly V[] {
  const seen = new Map<string, number>()
  return list.map((each) => {
    const before = seen.get(each.id) ?? 0
    seen.set(each.id, before + 1)
    return before === 0 ? each : { ...each, id: derivedId(each.id, String(before)) }
  })
}
