import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5'

/** The longest text kept of a field, in characters. */
const longestText = 8_000

/** Plain text out of text that may hold HTML: nothing that a browser would act on is left. */
export function plainText(
  given: string,
  longest = longestText,
): { readonly text: string; readonly html: boolean; readonly cut: boolean } {
  let text = given
  let html = false
  // Why more than once: feeds escape their HTML, some of them twice.
  for (let turn = 0; turn < 4 && /[<&]/.test(text); turn++) {
    const next = textOf(parseFragment(text))
    if (next === text) break
    html = true
    text = next
  }
  const clean = tidy(text)
  const cut = clean.length > longest
  return { text: cut ? `${clean.slice(0, longest - 1).trimEnd()}…` : clean, html, cut }
}

const blocks = new Set(['p', 'div', 'br', 'li', 'ul', 'ol', 'tr', 'table', 'h1', 'h2', 'h3', 'h4', 'section'])
const silent = new Set([
  'script',
  'style',
  'template',
  'iframe',
  'object',
  'noscript',
  'svg',
  'head',
  'title',
])

function textOf(node: DefaultTreeAdapterTypes.ParentNode): string {
  let text = ''
  for (const child of node.childNodes) {
    if ('value' in child) text += child.value
    else if ('childNodes' in child && !silent.has(child.nodeName)) {
      const inner = textOf(child)
      text += blocks.has(child.nodeName) ? `\n${inner}\n` : inner
    }
  }
  return text
}

function tidy(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/data:[a-z]+\/[^\s"')]+/gi, '')
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
