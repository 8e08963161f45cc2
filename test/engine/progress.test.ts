import { expect, test } from 'vitest'
import { load, reportOf } from '#engine/check'
import { readSystem } from '#engine/space'
import { followSteps, type Steps } from '../../src/cli-check-steps.ts'
import { AREA, generate } from '../../bench/engine-generator.ts'

/** A check followed with a clock that goes on by so much at every look. */
function follow(by: { bar?: boolean; timing?: boolean; tick: number }, work: (steps: Steps) => void): string {
  let [text, clock] = ['', 0]
  const steps = followSteps(
    {
      write: (part) => void (text += part),
      now: () => (clock += by.tick),
      bar: by.bar ?? true,
      timing: by.timing ?? false,
      peakMiB: () => 64,
    },
    true,
  )
  work(steps)
  steps.end()
  return text
}

function checkArea({ onStep, onPart }: Steps): void {
  const read = readSystem(generate(AREA))
  if (!read.ok) throw new Error(read.problem.place)
  const loaded = load(read.value, { onStep, onPart })
  if ('place' in loaded) throw new Error(loaded.place)
  reportOf(loaded, { onStep, onPart })
}

function percents(text: string): readonly number[] {
  return [...text.matchAll(/\] +(\d+) %/g)].map(([, percent]) => Number(percent))
}

test('above a second the bar moves within every long step, never backwards, and is wiped at the end', () => {
  const text = follow({ tick: 150 }, checkArea)
  const drawn = text.split('\r')
  const moves = { 'coverage and pathways': 10, gaps: 5, 'dead ends': 2, remedies: 10 }
  for (const [step, least] of Object.entries(moves)) {
    const during = drawn.filter((line) => line.includes(`  ${step}`)).join('')
    expect(new Set(percents(during)).size, step).toBeGreaterThanOrEqual(least)
  }
  const all = percents(text)
  expect(all).toEqual([...all].sort((a, b) => a - b))
  expect(all.at(-1)).toBeLessThanOrEqual(100)
  expect(text.endsWith('\r\u001B[2K')).toBe(true)
})

test('a check within a second draws nothing, and neither does one without a person at a terminal', () => {
  expect(follow({ tick: 0.0001 }, checkArea)).toBe('')
  expect(follow({ tick: 150, bar: false }, checkArea)).toBe('')
})

test('it is drawn ten times a second at the most', () => {
  const text = follow({ tick: 1 }, (steps) => {
    for (let i = 0; i < 4000; i++) steps.onPart(i / 4000)
  })
  expect(percents(text).length).toBeGreaterThan(15)
  expect(percents(text).length).toBeLessThan(45)
})

test('times are lines of their own and no bar', () => {
  const text = follow({ tick: 600, timing: true }, (steps) => {
    steps.onStep('space')
    steps.onPart(0.5)
    steps.onStep('coverage and pathways')
  })
  expect(text).toMatch(
    /^space {20}600\.0 ms\ncoverage and pathways {4}\d+\.0 ms\nwhole {20}\d+\.0 ms, peak 64 MiB\n$/,
  )
})
