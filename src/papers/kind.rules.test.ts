import { expect, test } from 'vitest'

import { kindOf } from './kind.rules.ts'
import { rowsFor } from './paper.ts'

const begins = (text: string) => Buffer.from(text, 'latin1')

test.each([
  ['\xff\xd8\xff\xe0', 'a.jpg', 'jpeg'],
  ['\x89PNG\r\n\x1a\n', 'a', 'png'],
  ['RIFF\0\0\0\0WEBP', 'a', 'webp'],
  ['RIFF\0\0\0\0WAVE', 'a', 'wav'],
  ['%PDF-1.7', 'a.pdf', 'pdf'],
  [`PK\x03\x04${'\0'.repeat(26)}[Content_Types].xml`, 'a.DOCX', 'docx'],
  [`PK\x03\x04${'\0'.repeat(26)}[Content_Types].xml`, 'a.xlsx', 'xlsx'],
  [`PK\x03\x04${'\0'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.text`, 'a', 'odt'],
  ['\0\0\0\x18ftypM4A ', 'a', 'm4a'],
  ['\0\0\0\x18ftypisom', 'a.mp4', 'mp4'],
  ['ID3\x04', 'a', 'mp3'],
  ['OggS', 'a', 'ogg'],
  ['Dear Sam,\r\n', 'a.txt', 'text'],
  ['\0\0\0\x18ftypheic', 'a.jpg', 'phone-picture'],
  ['\0\0\0\x18ftypavif', 'a', 'phone-picture'],
  [`PK\x03\x04${'\0'.repeat(26)}virus.exe`, 'a.docx', 'unknown-kind'],
  [`PK\x03\x04${'\0'.repeat(26)}[Content_Types].xml`, 'a.docm', 'unknown-kind'],
  ['MZ\x90\0', 'a.pdf', 'unknown-kind'],
  ['GIF89a\0', 'a.gif', 'unknown-kind'],
  ['', 'a.txt', 'unknown-kind'],
])('what begins with %j and is called %s is %s', (text, name, kind) => {
  expect(kindOf(begins(text), name)).toBe(kind)
})

test('a page of ours, or a script, is text to save and never a page', () => {
  expect(kindOf(begins('<!doctype html><script>1</script>'), 'a.html')).toBe('text')
})

test('how many rows a file takes only grows, holds it, and says little', () => {
  const rows = Array.from({ length: 400 }, (_, i) => rowsFor(i + 1))
  for (const [i, count] of rows.entries()) {
    expect(count).toBeGreaterThanOrEqual(i + 1)
    expect(count).toBeLessThanOrEqual(Math.max(2, (i + 1) * 1.5))
    expect(Number.isInteger(count)).toBe(true)
  }
  expect(new Set(rows).size).toBe(18)
})
