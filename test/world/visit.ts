import type { Person } from './agencies.ts'
import { standing } from './sending.ts'
import type { Served } from './served.ts'
import type { Visitor } from './visitor.ts'

/** The worker's page on which a code is made for a draft. */
export function apartOf(caseId: string, draft: string): string {
  return `/cases/${caseId}/releases/${draft}/apart`
}

/** Makes a code for a draft that was talked through, as its worker says it on the call. */
export async function saidCode(
  served: Served,
  who: Person,
  at: { readonly caseId: string; readonly draft: string },
  change: Readonly<Record<string, string>> = {},
): Promise<string> {
  const path = apartOf(at.caseId, at.draft)
  const page = standing(await (await served.get(path, who)).text())
  const made = await served.post(
    `${path}/code`,
    { ...page, identity: 'known-to-us', safe: 'yes', ...change },
    who,
  )
  const text = await made.text()
  if (made.status !== 200) throw new Error(`The code page answered ${made.status}: ${text}`)
  const code = /\b\d{4} \d{4} \d{4}\b/.exec(text)?.[0]
  if (code === undefined) throw new Error('No code was shown.')
  return code
}

/** Goes through the person's own page and says yes on the last, leaving some things out. */
export async function sayYes(browser: Visitor, out: readonly string[] = []): Promise<Response> {
  await browser.post('/go/1', { answer: 'on' })
  await browser.post('/go/2', [['answer', 'on'], ...out.map((key) => ['out', key] as const)])
  return browser.post('/go/6', { name: 'Rowan Vale', copy: 'no-copy-for-safety', answer: 'yes' })
}
