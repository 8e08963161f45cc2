import { parse } from 'csv-parse/sync'

/** Whether a quoted cell is still open at the end of a line that began inside one or not. */
export function staysOpen(text: string, delimiter: string, open: boolean): boolean {
  if (!text.includes('"')) return open
  return walk(text, delimiter, open).open
}

/** The cells of a row whose quotes follow no rule: a quote ends a cell only where the cell ends. */
export function looseCells(text: string, delimiter: string): readonly string[] {
  return walk(text, delimiter, false).cells
}

/** The cells of several rows at once, or null when they are not as many as they should be. */
export function strictCells(
  texts: readonly string[],
  delimiter: string,
): readonly (readonly string[])[] | null {
  try {
    const rows: readonly (readonly string[])[] = parse(texts.join('\n'), {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      trim: true,
    })
    return rows.length === texts.length ? rows : null
  } catch {
    return null
  }
}

/** The separator of a file, seen from its first line: comma, semicolon, tab or bar. */
export function separatorOf(line: string): string {
  const counts = [',', ';', '\t', '|'].map((each) => ({ each, cells: looseCells(line, each).length }))
  return counts.reduce((best, one) => (one.cells > best.cells ? one : best)).each
}

function walk(
  text: string,
  delimiter: string,
  beganOpen: boolean,
): { readonly cells: readonly string[]; readonly open: boolean } {
  const cells: string[] = []
  let cell = ''
  let open = beganOpen
  let fresh = !beganOpen
  for (let i = 0; i < text.length; i += 1) {
    const sign = text.charAt(i)
    if (open) {
      if (sign !== '"') cell += sign
      else if (text[i + 1] === '"') cell += text.charAt((i += 1))
      else if (endsCell(text, i + 1, delimiter)) open = false
      else cell += sign
    } else if (sign === delimiter) {
      cells.push(cell.trim())
      cell = ''
      fresh = true
    } else if (sign === '"' && fresh) {
      open = true
      fresh = false
      cell = ''
    } else {
      cell += sign
      if (sign.trim() !== '') fresh = false
    }
  }
  return { cells: [...cells, cell.trim()], open }
}

function endsCell(text: string, from: number, delimiter: string): boolean {
  let at = from
  while (text[at] === ' ' || (text[at] === '\t' && delimiter !== '\t')) at += 1
  return at >= text.length || text[at] === delimiter || text[at] === '\n'
}
