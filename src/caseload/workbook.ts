import { openZip } from '#exchange'
import { readSheet } from 'read-excel-file/node'

/** What a workbook of a few thousand lines unpacks to, with much to spare. */
const mostUnpacked = 200 * 1024 * 1024

/** The rows of a workbook's first sheet as texts, empty ones left out; null for what is no workbook, or one that is made to harm. */
export async function workbookRows(bytes: Buffer): Promise<readonly (readonly string[])[] | null> {
  const zip = await openZip(bytes, mostUnpacked)
  if (!zip.ok) return null
  zip.close()
  try {
    const rows = await readSheet(bytes)
    return rows.map((row) => row.map(textOf)).filter((row) => row.some((cell) => cell !== ''))
  } catch {
    return null
  }
}

function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return typeof cell === 'string'
    ? cell
    : typeof cell === 'number' || typeof cell === 'boolean'
      ? String(cell)
      : ''
}
