import { looseCells, separatorOf, staysOpen, strictCells } from './csv-cell.rules.ts'
import { linesFrom, type TextLine } from './csv-line.rules.ts'

/** What is wrong with a row itself, before anybody asks what its cells mean. */
export interface RowProblem {
  readonly rule: string
  readonly message: string
}

/** One row and the lines it stands on: every line that is not blank belongs to exactly one row. */
export interface CsvRow {
  readonly line: number
  readonly lines: number
  readonly cells: readonly string[]
  readonly problems: readonly RowProblem[]
}

interface Whole {
  readonly first: TextLine
  readonly lines: number
  readonly text: string
  readonly guessed: boolean
  readonly cut: boolean
  readonly broken: boolean
}

/** A cell runs over at most this many lines. */
const longestCell = 400
/** Lines looked at in vain for the end of a cell, in one file. After that every line is a row. */
const patience = 200_000
const batch = 256
const mostCells = 1_000

/**
 * The rows of a CSV file, however untidy; blank ones are passed over. A quote that never ends, or that swallows what is
 * plainly the next row, spoils its own line and no other.
 */
export async function* csvRows(
  chunks: AsyncIterable<Uint8Array>,
  given: { readonly delimiter?: string } = {},
): AsyncGenerator<CsvRow> {
  const reader = reading(given.delimiter ?? null)
  let waiting: Whole[] = []
  for await (const line of linesFrom(chunks)) {
    for (const whole of reader.take(line)) waiting.push(whole)
    if (waiting.length < batch) continue
    yield* rowsOf(waiting, reader.delimiter())
    waiting = []
  }
  yield* rowsOf([...waiting, ...reader.end()], reader.delimiter())
}

/** Puts lines together to rows. */
function reading(given: string | null) {
  let delimiter = given
  let width = 0
  const held: TextLine[] = []
  let open = false
  let wasted = 0

  function* take(line: TextLine): Generator<Whole> {
    if (held.length === 0) {
      if (line.text.trim() === '') return
      const said = width === 0 ? /^sep=(.)$/i.exec(line.text)?.[1] : undefined
      if (said !== undefined) {
        delimiter = said
        return
      }
      delimiter ??= separatorOf(line.text)
    }
    held.push(line)
    open = staysOpen(line.text, delimiter ?? ',', open)
    if (!open && !swallows(held, delimiter ?? ',', width)) yield whole(held.splice(0))
    else if (!open || held.length > longestCell || wasted > patience) yield* giveUp()
  }

  /** The first line is a row as it stands; those after it are looked at anew. */
  function* giveUp(): Generator<Whole> {
    const [first, ...others] = held.splice(0)
    open = false
    wasted += others.length + 1
    if (first !== undefined) yield { ...whole([first]), broken: true }
    for (const each of others) yield* take(each)
  }

  function* end(): Generator<Whole> {
    while (held.length > 0) yield* giveUp()
  }

  function whole(lines: readonly TextLine[]): Whole {
    const text = textOf(lines)
    if (width === 0) width = looseCells(text, delimiter ?? ',').length
    return wholeOf(lines, text)
  }

  return { take, end, delimiter: () => delimiter ?? ',' }
}

function wholeOf(lines: readonly TextLine[], text: string): Whole {
  return {
    first: lines[0] ?? nothing,
    lines: lines.length,
    text,
    guessed: lines.some((each) => each.guessed),
    cut: lines.some((each) => each.cut),
    broken: false,
  }
}

/** Whether a line within a row is plainly a row of its own: a quote before it has swallowed it. */
function swallows(held: readonly TextLine[], delimiter: string, width: number): boolean {
  if (held.length < 2 || width < 3) return false
  const right = looseCells(textOf(held), delimiter).length === width
  return held.slice(1).some(({ text }) => {
    const cells = looseCells(text, delimiter)
    const [first = ''] = cells
    if (cells.length !== width || first.includes('"')) return false
    return width >= 8 || !right || /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(first)
  })
}

const nothing: TextLine = { number: 0, text: '', guessed: false, cut: false }

function textOf(lines: readonly TextLine[]): string {
  return lines.map((each) => each.text).join('\n')
}

function* rowsOf(wholes: readonly Whole[], delimiter: string): Generator<CsvRow> {
  const sound = wholes.every((each) => !each.broken)
  const together = sound
    ? strictCells(
        wholes.map((each) => each.text),
        delimiter,
      )
    : null
  for (const [i, each] of wholes.entries()) {
    const strict = together?.[i] ?? (each.broken ? null : (strictCells([each.text], delimiter)?.[0] ?? null))
    const cells = strict ?? (each.broken ? each.text.split(delimiter) : looseCells(each.text, delimiter))
    if (cells.every((cell) => cell.trim() === '')) continue
    const problems = problemsOf(each, strict === null, cells.length)
    yield { line: each.first.number, lines: each.lines, cells: cells.slice(0, mostCells).map(tidy), problems }
  }
}

function problemsOf(whole: Whole, loose: boolean, cells: number): readonly RowProblem[] {
  return [
    ...(loose
      ? [
          {
            rule: 'quotes-damaged',
            message: 'The quotes of this row do not match; it was read as it stands.',
          },
        ]
      : []),
    ...(whole.guessed
      ? [{ rule: 'not-utf-8', message: 'This row is no UTF-8; it was read as Windows-1252.' }]
      : []),
    ...(whole.cut || cells > mostCells
      ? [{ rule: 'too-long', message: 'The row was too long; its end was cut off.' }]
      : []),
  ]
}

/** Signs that no text can hold are taken out; blanks at both ends as well. */
function tidy(cell: string): string {
  return cell.replaceAll('\0', '').trim()
}
