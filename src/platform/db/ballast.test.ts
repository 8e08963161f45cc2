import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { diskHolds, freeBytes, hasRoom, layBallast } from './ballast.ts'

test('ballast is laid once while there is room, and the disk is asked for what is free', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  expect(freeBytes(folder)).toBeGreaterThan(0)
  layBallast(folder)
  layBallast(folder)
  expect(hasRoom(folder)).toBe(diskHolds(folder))
  if (hasRoom(folder)) expect(statSync(join(folder, 'ballast')).size).toBe(64 * 1024 * 1024)
})
