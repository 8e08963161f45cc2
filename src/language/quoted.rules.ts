import { wordsOf } from './pattern.rules.ts'
import quoting from './quoting.json' with { type: 'json' }
import type { Steps } from './search.rules.ts'
import { breakIn, mostCharacters, type Token } from './token.rules.ts'

/** A stretch of a text, from the first character up to, not including, the last. */
export interface Span {
  readonly from: number
  readonly to: number
}

const attributing = wordsOf(quoting.attributes)
const speakers = wordsOf(quoting.speakers)
const turns = wordsOf(quoting.turns)
const own = wordsOf(quoting.own)

const wordsBack = 10
const wordsOn = 4

/**
 * What a text gives as somebody's own words: quotation marks with *said*, *wrote*, *told* or the speaker beside them, lines
 * that begin with `>`, and what follows *in their own words:*. Marks alone are no quotation: they may be a sneer.
 */
export function quotedSpans(text: string, tokens: readonly Token[], steps: Steps): readonly Span[] {
  const looked = text.slice(0, mostCharacters)
  steps.count += looked.length * 3
  return [
    ...attributed(looked, inOrder(doubleMarks(looked), singleMarks(looked)), tokens, steps),
    ...quotedLines(looked),
    ...ownWords(looked, tokens),
  ]
}

/** Stretches between double marks of any kind; one that is never closed ends with its paragraph. */
function doubleMarks(text: string): readonly Span[] {
  const spans: Span[] = []
  let open = -1
  for (let at = 0; at <= text.length; at++) {
    const sign = text[at] ?? ''
    const mark = /["“”„«»＂]/.test(sign)
    if (open < 0) {
      if (mark) open = at
    } else if (mark || at === text.length || endsParagraph(text, at)) {
      spans.push({ from: open, to: mark ? at + 1 : at })
      open = -1
    }
  }
  return spans
}

/** Stretches between single marks; an apostrophe inside or after a word opens nothing. */
function singleMarks(text: string): readonly Span[] {
  const spans: Span[] = []
  let open = -1
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (endsParagraph(text, at)) open = -1
    if (!/['‘’‚]/.test(sign)) continue
    const [before, after] = [isWord(text[at - 1]), isWord(text[at + 1])]
    if (open >= 0 && sign !== '‘' && !after) {
      spans.push({ from: open, to: at + 1 })
      open = -1
    } else if (sign !== '’' && !before && after) open = at
  }
  return spans
}

/** Both kinds in the order of the text; single marks inside double ones belong to these. */
function inOrder(doubles: readonly Span[], singles: readonly Span[]): readonly Span[] {
  const all: Span[] = []
  let next = 0
  for (const double of [...doubles, { from: Infinity, to: Infinity }]) {
    for (let one = singles[next]; one !== undefined && one.from < double.to; one = singles[++next])
      if (one.to <= double.from) all.push(one)
    if (double.from < Infinity) all.push(double)
  }
  return all
}

function isWord(sign: string | undefined): boolean {
  return sign !== undefined && /[\p{L}\p{N}]/u.test(sign)
}

function endsParagraph(text: string, at: number): boolean {
  return text[at] === '\n' && /^\n[ \t]{0,8}\n/.test(text.slice(at, at + 10))
}

/** Lines that begin with `>`, as a quoted mail has them. */
function quotedLines(text: string): readonly Span[] {
  const spans: Span[] = []
  let from = 0
  for (const line of text.split('\n')) {
    if (/^[ \t]{0,8}>/.test(line)) spans.push({ from, to: from + line.length })
    from += line.length + 1
  }
  return spans
}

/** What follows *in her own words:* or *verbatim:*, to the end of the paragraph. */
function ownWords(text: string, tokens: readonly Token[]): readonly Span[] {
  const spans: Span[] = []
  let paragraphEnd = Math.min(text.length, mostCharacters)
  for (let index = tokens.length - 1; index >= 0; index--) {
    const token = tokens[index]
    if (token === undefined) continue
    const colon = text.slice(token.to, token.to + 2).startsWith(':')
    const said =
      token.word === 'verbatim' || (token.word === 'words' && own.has(tokens[index - 1]?.word ?? ''))
    if (colon && said) spans.push({ from: token.to, to: paragraphEnd })
    if (token.before === 'paragraph') paragraphEnd = token.from
  }
  return spans
}

/** Those of the stretches that somebody is named as saying. */
function attributed(
  text: string,
  spans: readonly Span[],
  tokens: readonly Token[],
  steps: Steps,
): readonly Span[] {
  const kept: Span[] = []
  let next = 0
  for (const span of spans) {
    while (next < tokens.length && (tokens[next]?.to ?? 0) <= span.from) next++
    let after = next
    while (after < tokens.length && (tokens[after]?.from ?? 0) < span.to) after++
    steps.count += after - next + wordsBack + wordsOn
    const previous = kept.at(-1)
    if (
      saidBefore(text, span, tokens, next - 1) ||
      saidAfter(text, span, tokens, after) ||
      (previous !== undefined && goesOn(text, previous, span, tokens, next))
    )
      kept.push(span)
    next = after
  }
  return kept
}

function saidBefore(text: string, span: Span, tokens: readonly Token[], last: number): boolean {
  const nearest = tokens[last]
  if (nearest === undefined || ends(breakIn(text, nearest.to, span.from))) return false
  const label = text.slice(nearest.to, span.from).includes(':')
  for (let back = 0; back < wordsBack; back++) {
    const token = tokens[last - back]
    if (token === undefined) return false
    if (attributing.has(token.word)) return true
    if (turns.has(token.word)) return false
    if (ends(token.before)) return label && back < 3 && speakers.has(nearest.word)
  }
  return false
}

function saidAfter(text: string, span: Span, tokens: readonly Token[], first: number): boolean {
  for (let on = 0; on < wordsOn; on++) {
    const token = tokens[first + on]
    if (token === undefined) return false
    if (on === 0 ? ends(breakIn(text, span.to, token.from)) : ends(token.before)) return false
    if (turns.has(token.word)) return false
    if (attributing.has(token.word)) return true
  }
  return false
}

/** “I hid,” she said. “I was afraid.” The second is said by whoever said the first. */
function goesOn(text: string, previous: Span, span: Span, tokens: readonly Token[], next: number): boolean {
  const between = tokens.slice(Math.max(0, next - 7), next).filter((token) => token.from >= previous.to)
  return (
    between.length < 7 &&
    breakIn(text, previous.to, span.from) !== 'paragraph' &&
    (between.length === 0 || between.some((token) => attributing.has(token.word)))
  )
}

function ends(found: string): boolean {
  return found === 'sentence' || found === 'paragraph'
}
