import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { crashRounds } from '../bench/crash-rounds.ts'

const rounds = process.env['ANYDOOR_PROVE'] ? 300 : 20

test(
  'killed again and again while writing, it starts with every acknowledged write',
  { timeout: 600_000 },
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'anydoor-crash-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const figures = await crashRounds(path.join(folder, 'data'), rounds)
    expect(figures.lost).toEqual([])
    expect(figures.acknowledged).toBeGreaterThan(20)
    expect(figures.restartMilliseconds).toHaveLength(rounds)
  },
)
