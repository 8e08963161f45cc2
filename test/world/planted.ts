import { type CastPerson, cast } from '#demo'

/** Everything the invented people said and everybody's names: none of it may lie anywhere in a stored copy. */
export function plantedWords(): readonly string[] {
  const people = cast.people.flatMap((person) => [
    ...person.cards.flatMap((card) => [card.name, `"name":"${card.name}"`, card.note, ...card.sayAloud]),
    ...person.contact.ways.map((way) => way.value),
    person.contact.note,
    person.contact.codeWord ?? '',
    person.contact.interpreter?.note ?? '',
    ...person.needs.map((need) => need.words),
    ...Object.values(person.careful ?? {}),
    ...person.notes.map((note) => note.words),
    ...person.earlierAnswers.map((answer) => answer.words),
    ...person.referrals.flatMap((each) => each.steps.map((step) => step.words)),
    ...person.referrals.flatMap((each) => each.release?.purpose ?? ''),
    ...person.wishes.flatMap((wish) => (wish.about === 'ledBy' ? [jsonOf(wish)] : [])),
    ...factsOf(person),
  ])
  const staff = cast.agencies.flatMap((agency) =>
    agency.staff.flatMap((each) => [each.name, `${each.id}@${agency.mail}`, ...(each.knows ?? [])]),
  )
  return [...new Set([...people, ...staff])].filter((word) => word !== '')
}

/** Details and needs as they are kept, so that the directory's own rules about the same words are not taken for them. */
function factsOf(person: CastPerson): readonly string[] {
  return [
    ...Object.values(person.facets).map((value) => `"state":"known","value":${JSON.stringify(value)}`),
    '"state":"unknown","value":null',
    '"state":"not-now","value":null',
    ...person.needs.map((need) => `"code":"${need.code}","words":`),
  ]
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value)
}

/** Looks for all of these strings at once: give it bytes, and it says which lie in them. None may be under three bytes long. */
export function searchFor(words: readonly string[]): (bytes: Uint8Array) => readonly string[] {
  const byStart = new Map<number, { readonly word: string; readonly at: Buffer }[]>()
  const marked = new Uint8Array(1 << 24)
  for (const word of words) {
    const at = Buffer.from(word, 'utf8')
    const key = at.readUIntBE(0, 3)
    marked[key] = 1
    byStart.set(key, [...(byStart.get(key) ?? []), { word, at }])
  }
  return (bytes) => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const found = new Set<string>()
    let start = 0
    for (let i = 0; i < buffer.length; i++) {
      start = ((start << 8) | (buffer[i] as number)) & 0xff_ff_ff
      if (marked[start] === 0) continue
      const from = i - 2
      for (const { word, at } of byStart.get(start) ?? []) {
        const end = Math.min(from + at.length, buffer.length)
        if (buffer.compare(at, 0, at.length, from, end) === 0) found.add(word)
      }
    }
    return [...found]
  }
}
