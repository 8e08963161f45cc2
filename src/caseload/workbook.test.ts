import { expect, test } from 'vitest'
import { ZipFile } from 'yazl'

import { workbookRows } from './workbook.ts'

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook as small as one can be. */
async function workbook(rows: string): Promise<Buffer> {
  const zip = new ZipFile()
  const add = (name: string, text: string) => zip.addBuffer(Buffer.from(text), name)
  add('[Content_Types].xml', `<Types xmlns="${packages}/content-types"/>`)
  add(
    'xl/workbook.xml',
    `<workbook ${main} xmlns:r="${office}"><sheets><sheet name="Cases" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  )
  add(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${packages}/relationships">
      <Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/>
      <Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  )
  add(
    'xl/styles.xml',
    `<styleSheet ${main}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
  )
  add('xl/worksheets/sheet1.xml', `<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`)
  zip.end()
  const parts: Buffer[] = []
  for await (const part of zip.outputStream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const said = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`

test('texts, dates, numbers and empty cells of the first sheet', async () => {
  const rows = await workbookRows(
    await workbook(
      `<row r="1">${said('A1', 'Client')}${said('B1', 'Date opened')}${said('D1', 'Mobile')}</row>
       <row r="2">${said('A2', 'Fern Cove')}<c r="B2" s="1"><v>46056</v></c><c r="D2"><v>441632960123</v></c></row>
       <row r="4"><c r="A4" t="b"><v>1</v></c></row>`,
    ),
  )
  expect(rows?.map((row) => row.slice(0, 4))).toEqual([
    ['Client', 'Date opened', '', 'Mobile'],
    ['Fern Cove', '2026-02-03', '', '441632960123'],
    ['true', '', '', ''],
  ])
})

test('what is no workbook, or swells when it is unpacked, is none', async () => {
  expect(await workbookRows(Buffer.from('PK\x03\x04 and nothing'))).toBeNull()
  const zip = new ZipFile()
  zip.addBuffer(Buffer.alloc(64 * 1024 * 1024), 'xl/worksheets/sheet1.xml')
  zip.end()
  const parts: Buffer[] = []
  for await (const part of zip.outputStream) parts.push(part as Buffer)
  expect(await workbookRows(Buffer.concat(parts))).toBeNull()
})
