import { type Token, Tokenizer, TokenizerMode } from 'parse5'

/**
 * The words of a text with tags, laid out as they would be read. A tokenizer and no tree: one pass, however deep or broken
 * the tags are. `links` collects where links lead and leaves a mark in the text for each; null leaves them out.
 */
export function textOfTags(html: string, links: string[] | null): string {
  const page: Page = {
    out: [],
    breaks: 0,
    mark: '',
    lists: [],
    silent: null,
    pre: 0,
    link: null,
    links,
    laidOut: layout.test(html),
  }
  const tokenizer = new Tokenizer(
    {},
    {
      onStartTag: (tag) => {
        opens(page, tag)
        tokenizer.state = rawStates.get(tag.tagName) ?? tokenizer.state
      },
      onEndTag: (tag) => closes(page, tag.tagName),
      onCharacter: ({ chars }) => says(page, chars),
      onWhitespaceCharacter: ({ chars }) => says(page, chars),
      onNullCharacter: () => undefined,
      onComment: () => undefined,
      onDoctype: () => undefined,
      onEof: () => {
        // Why: what an unclosed drawing would swallow is text all the same.
        if (page.silent !== null && !rawStates.has(page.silent.name)) page.out.push(page.silent.said)
      },
    },
  )
  // Why: the words of a CDATA section are text; outside of foreign content it would count as a comment.
  tokenizer.inForeignNode = true
  tokenizer.write(html, true)
  return page.out.join('')
}

/** Whether a tag of this text is one of HTML's, by its first word; those of office programs have a colon or hyphen. */
export function isKnownTag(inner: string): boolean {
  const name = /^\/?([a-z][^\s/>]*)/i.exec(inner)?.[1]?.toLowerCase() ?? ''
  return known.has(name) || /[:-]/.test(name)
}

interface Page {
  readonly out: string[]
  /** Line ends that are due before the next words. */
  breaks: number
  /** A list's mark that is due before the next words. */
  mark: string
  readonly lists: { readonly ordered: boolean; items: number }[]
  silent: { readonly name: string; depth: number; said: string } | null
  pre: number
  link: { readonly mark: string; readonly shown: string; readonly from: number } | null
  readonly links: string[] | null
  /** Lines come from the tags; else from the text itself. */
  readonly laidOut: boolean
}

const layout = /<\/?(p|div|br|li|ul|ol|dl|dt|dd|table|tr|td|h[1-6]|section|article|blockquote|hr)\b/i
const paragraphs = new Set([
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'table',
  'blockquote',
  'pre',
  'hr',
  'dl',
])
const lines = new Set(
  'div li dt tr section article header footer main aside nav address figure figcaption form fieldset legend caption option body dd thead tbody details summary'.split(
    ' ',
  ),
)
const rawStates = new Map<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]>([
  ['script', TokenizerMode.SCRIPT_DATA],
  ['title', TokenizerMode.RCDATA],
  ...['style', 'xmp', 'iframe', 'noembed', 'noframes'].map((name) => [name, TokenizerMode.RAWTEXT] as const),
])
const silentTags = new Set([...rawStates.keys(), 'svg', 'math', 'template', 'object', 'applet'])
const known = new Set(
  `a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br
  button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed
  fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image
  img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noembed noframes noscript
  object ol optgroup option output p param picture plaintext pre progress q rp rt ruby s samp script search section select
  slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time
  title tr track tt u ul var video wbr xml xmp`.split(/\s+/),
)

function opens(page: Page, tag: Token.TagToken): void {
  const name = tag.tagName
  if (page.silent !== null) {
    if (name === page.silent.name && !tag.selfClosing) page.silent.depth += 1
    return
  }
  if (silentTags.has(name)) {
    if (!tag.selfClosing || rawStates.has(name)) page.silent = { name, depth: 1, said: '' }
  } else if (name === 'br') page.breaks = Math.min(2, page.breaks + 1)
  else if (name === 'li') opensItem(page)
  else if (name === 'td' || name === 'th') says(page, ' ')
  else if (name === 'a') opensLink(page, tag)
  else separates(page, name)
  if (name === 'ul' || name === 'ol') page.lists.push({ ordered: name === 'ol', items: 0 })
  if (name === 'pre') page.pre += 1
}

function closes(page: Page, name: string): void {
  if (page.silent !== null) {
    if (name === page.silent.name) page.silent.depth -= 1
    if (page.silent.depth === 0) page.silent = null
    return
  }
  if (name === 'a') closesLink(page)
  else separates(page, name)
  if (name === 'ul' || name === 'ol') {
    page.lists.pop()
    page.mark = ''
    page.breaks = Math.max(page.breaks, page.lists.length > 0 ? 1 : 2)
  }
  if (name === 'pre') page.pre = Math.max(0, page.pre - 1)
}

function separates(page: Page, name: string): void {
  // Why not after a list's mark: it stands before the words of its item.
  if (page.mark !== '') return
  if (paragraphs.has(name)) page.breaks = 2
  else if (lines.has(name) || name === 'ul' || name === 'ol') page.breaks = Math.max(page.breaks, 1)
}

function opensItem(page: Page): void {
  const list = page.lists.at(-1)
  page.breaks = list !== undefined && list.items > 0 ? 1 : Math.max(page.breaks, 1)
  if (list !== undefined) list.items += 1
  page.mark = list?.ordered === true ? `${list.items}. ` : '• '
}

function opensLink(page: Page, tag: Token.TagToken): void {
  closesLink(page)
  const found = leadsTo(tag.attrs.find((each) => each.name === 'href')?.value ?? '')
  if (page.links === null || found === null || page.links.length >= 200) return
  page.links.push(` (${found})`)
  page.link = { mark: `\ue000${page.links.length - 1}\ue001`, shown: found, from: page.out.length }
}

/** Says where a link leads, unless its words say so. */
function closesLink(page: Page): void {
  const { link } = page
  page.link = null
  if (link === null) return
  const words = bare(page.out.slice(link.from).join(''))
  if (words !== '' && !words.includes(bare(link.shown)) && !bare(link.shown).includes(words))
    page.out.push(link.mark)
}

function leadsTo(href: string): string | null {
  const own = /^\s*(?:mailto|tel):([^?\s]{3,200})/i.exec(href)?.[1]
  if (own !== undefined) return own.replace(/%20/g, ' ').replace(/[<>&]/g, '')
  const url = /^\s*https?:/i.test(href) ? URL.parse(href.trim()) : null
  return url === null || url.username !== '' || url.href.length > 300 ? null : url.href
}

function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/^\s*https?:\/\/(www\.)?|^\s*www\./, '')
    .replace(/[\s/]+/g, '')
}

function says(page: Page, chars: string): void {
  if (page.silent !== null) {
    page.silent.said += chars
    return
  }
  if (!page.laidOut || page.pre > 0) return speaks(page, chars)
  // Why a blank line counts: texts with a few tags in them still have their own paragraphs.
  const pieces = chars.split(/\n[^\S\n]*\n\s*/)
  for (const [i, piece] of pieces.entries()) {
    if (i > 0 && page.mark === '') page.breaks = 2
    speaks(page, piece.replace(/\s+/g, ' '))
  }
}

function speaks(page: Page, words: string): void {
  if (page.breaks > 0 || page.mark !== '') {
    if (words.trim() === '') return
    if (page.out.length > 0) page.out.push('\n'.repeat(Math.max(1, page.breaks)))
    page.out.push(page.mark)
    page.breaks = 0
    page.mark = ''
    page.out.push(words.trimStart())
  } else page.out.push(words)
}
