import { Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvRows, type CsvRow } from './csv-row.rules.ts'

async function rowsOf(file: string | Buffer, chunk = 7): Promise<readonly CsvRow[]> {
  const bytes = Buffer.from(file)
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, i) =>
    bytes.subarray(i * chunk, (i + 1) * chunk),
  )
  return Array.fromAsync(csvRows(Readable.from(chunks)))
}

const cellsOf = async (file: string | Buffer) => (await rowsOf(file)).map((each) => each.cells)

test.each([
  [
    'a mark at the beginning',
    '\uFEFFa,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'blanks before quotes',
    'a,b\n1, "x, y"\n',
    [
      ['a', 'b'],
      ['1', 'x, y'],
    ],
  ],
  [
    'ends of line of Windows',
    'a,b\r\n1,"x\r\ny"\r\n',
    [
      ['a', 'b'],
      ['1', 'x\ny'],
    ],
  ],
  [
    'ends of line of an old Mac',
    'a,b\r1,2\r',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'semicolons',
    'a;b\n1;"2,5"\n',
    [
      ['a', 'b'],
      ['1', '2,5'],
    ],
  ],
  [
    'tabs',
    'a\tb\n1\t\n',
    [
      ['a', 'b'],
      ['1', ''],
    ],
  ],
  [
    'a separator that is said',
    'sep=|\na|b\n1|2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'blank lines and rows of nothing',
    'a,b\n\n,,\n1,2\n\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a doubled quote',
    'a,b\n1,"say ""hello"""\n',
    [
      ['a', 'b'],
      ['1', 'say "hello"'],
    ],
  ],
])('%s', async (_what, file, cells) => {
  expect(await cellsOf(file)).toEqual(cells)
})

test('Windows-1252 and UTF-16 are read, and the first says so', async () => {
  const [, old] = await rowsOf(
    Buffer.concat([Buffer.from('a,b\n'), Buffer.from([0x63, 0xe9, 0x2c, 0x93, 0x0a])]),
  )
  expect(old?.cells).toEqual(['cé', '“'])
  expect(old?.problems.map((each) => each.rule)).toEqual(['not-utf-8'])
  expect(await cellsOf(Buffer.from('\uFEFFa,b\ncafé,2\n', 'utf16le'))).toEqual([
    ['a', 'b'],
    ['café', '2'],
  ])
})

test.each([
  ['never ends', 'a,b\n1,"x\n2,y\n3,z\n'],
  ['swallows the rows up to the next quote', 'a,b,c,d,e,f,g,h\n1,"x,,,,,,\n2,y,,,,,,\n3,"z",,,,,,\n'],
  ['has words after its end', 'a,b\n1,"x" and more\n2,y\n3,z\n'],
])('a quote that %s spoils its own line only', async (_what, file) => {
  const rows = await rowsOf(file)
  expect(rows.map((each) => [each.line, each.lines, each.cells[0]])).toEqual([
    [1, 1, 'a'],
    [2, 1, '1'],
    [3, 1, '2'],
    [4, 1, '3'],
  ])
  expect(rows[1]?.problems.map((each) => each.rule)).toEqual(['quotes-damaged'])
})

test('whatever was damaged, every line that is not blank belongs to exactly one row', async () => {
  const sign = fc.constantFrom('a', '"', '""', ',', '\n', '\r\n', ' ', 'é', '\0', '=', ';', '1,2,3\n', '"x",')
  await fc.assert(
    fc.asyncProperty(
      fc.array(sign, { maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      async (signs, chunk) => {
        const file = `a,b,c\n${signs.join('')}`
        const rows = await rowsOf(file, chunk)
        const lines = file.split('\n')
        const taken = rows.flatMap((each) => Array.from({ length: each.lines }, (_, i) => each.line + i))
        expect(new Set(taken).size).toBe(taken.length)
        for (const [i, text] of lines.entries()) {
          if (/[^\s,;"\0]/.test(text)) expect(taken).toContain(i + 1)
        }
      },
    ),
    { numRuns: 2_000 },
  )
})

test('one flipped byte in a thousand rows costs at most the row it stands in, and the one beside it', async () => {
  const row = (i: number) => `${i},"Service ${i}, for all",x,y,"z ""${i}""",a,b,c\n`
  const file = Buffer.from(`id,name,c,d,e,f,g,h\n${Array.from({ length: 60 }, (_, i) => row(i)).join('')}`)
  await fc.assert(
    fc.asyncProperty(fc.nat(file.length - 1), fc.nat(255), async (at, byte) => {
      const hurt = Buffer.from(file)
      hurt[at] = byte
      const rows = new Map((await rowsOf(hurt, 4_096)).map((each) => [each.cells[0], each.cells]))
      const whole = Array.from({ length: 60 }, (_, i) => i).filter(
        (i) => rows.get(String(i))?.[1] === `Service ${i}, for all` && rows.get(String(i))?.length === 8,
      )
      if (at > 20) expect(whole.length).toBeGreaterThanOrEqual(58)
    }),
    { numRuns: 1_000 },
  )
})
