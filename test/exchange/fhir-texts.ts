import type { Bundle } from '@medplum/fhirtypes'

import type { Served } from '../world/served.ts'
import { fhirOrigin, fhirPath, fhirTypes } from './fhir-served.ts'

/**
 * Every answer that FHIR gives: each page, each resource by its id, the ids that the rows have, and a search by POST for each of
 * these words. By the address that was asked.
 */
export async function fhirTexts(
  served: Served,
  words: readonly string[],
  rowIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>()
  const keep = async (where: string, answer: Promise<Response>) => {
    const text = await (await answer).text()
    texts.set(where, text)
    return JSON.parse(text) as Bundle
  }
  const read = async (path: string) => {
    let next: string | undefined = path
    while (next !== undefined) {
      const page: Bundle = await keep(next, served.get(next))
      for (const { resource } of page.entry ?? []) {
        const one = `${fhirPath}/${resource?.resourceType}/${resource?.id}`
        if (resource?.id !== undefined) await keep(one, served.get(one))
      }
      next = page.link?.find((link) => link.relation === 'next')?.url?.replace(fhirOrigin, '')
    }
  }
  await keep(`${fhirPath}/metadata`, served.get(`${fhirPath}/metadata`))
  await read(`${fhirPath}/HealthcareService?service-category=for-people-using-abuse`)
  for (const type of fhirTypes) {
    await read(`${fhirPath}/${type}`)
    for (const id of rowIds) {
      const one = `${fhirPath}/${type}/${id}`
      await keep(one, served.get(one))
    }
    for (const word of words) {
      const path = `${fhirPath}/${type}/_search`
      await keep(`${path} ${word}`, served.post(path, { 'name:contains': word }))
    }
  }
  return texts
}
