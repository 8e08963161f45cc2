import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { crashRounds } from '../bench/crash-rounds.ts'

test('killed twenty times while writing, it starts again with every acknowledged write', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'anydoor-crash-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const figures = await crashRounds(path.join(folder, 'data'), 20)
  expect(figures.lost).toEqual([])
  expect(figures.acknowledged).toBeGreaterThan(20)
  expect(figures.restartMilliseconds).toHaveLength(20)
})
