import type { Person } from './agencies.ts'
import type { Served } from './served.ts'

/** A page as somebody reads it. */
export interface Read {
  readonly path: string
  readonly text: string
}

/** Everything that a signed-in person reaches by links from these pages, forms and downloads apart. */
export async function crawl(
  served: Served,
  who: Person,
  from: readonly string[],
  most = 150,
): Promise<Read[]> {
  const found = new Set(from)
  const read: Read[] = []
  for (const path of found) {
    if (read.length >= most) break
    const answer = await served.get(path, who)
    if (answer.status !== 200) continue
    const text = await answer.text()
    read.push({ path, text })
    for (const [, href = ''] of text.matchAll(/href="(\/[^"#]*)"/g))
      if (!/^\/(assets|leave|services|places|api|rules|help)/.test(href))
        found.add(href.replaceAll('&amp;', '&'))
  }
  return read
}
