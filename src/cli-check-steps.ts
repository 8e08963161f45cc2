import { STEPS } from '#engine/check'

/** Where the steps of a check are shown, and the clock that they are timed with. */
export interface Shown {
  readonly write: (text: string) => void
  /** Milliseconds. */
  readonly now: () => number
  /** Whether a bar may be drawn: a person at a terminal waits for a readable report. */
  readonly bar: boolean
  /** Whether each step is printed with its time. */
  readonly timing: boolean
  /** The most memory the process has had, for the last line of the times. */
  readonly peakMiB: () => number
}

export interface Steps {
  readonly onStep: (step: string) => void
  readonly onPart: (share: number) => void
  readonly end: () => void
}

/** How much of a long check each step takes, in hundredths: a region and a country, measured. */
const PARTS: Readonly<Record<(typeof STEPS)[number], number>> = {
  space: 2,
  'coverage and pathways': 33,
  figures: 5,
  gaps: 12,
  'dead ends': 8,
  loops: 10,
  remedies: 30,
}
const WIDTH = 30
const QUIET_MS = 1000
const BETWEEN_MS = 100

/** Follows a check: a bar that moves within each step once a second has passed, and times when asked for. */
export function followSteps({ write, now, bar, timing, peakMiB }: Shown, remedies: boolean): Steps {
  const steps = remedies ? STEPS : STEPS.filter((step) => step !== 'remedies')
  const whole = steps.reduce((sum, step) => sum + PARTS[step], 0)
  const begun = now()
  let stepBegun = begun
  let drawnAt = Number.NEGATIVE_INFINITY
  let before = 0
  let furthest = 0
  const draw = (share: number) => {
    const at = now()
    if (!bar || timing || at - begun < QUIET_MS || at - drawnAt < BETWEEN_MS) return
    const step = steps.find((_, i) => doneAfter(steps, i + 1) > before) ?? ''
    const part = step === '' ? 0 : PARTS[step]
    // A search that finds more to look at would step back; the bar does not.
    furthest = Math.max(furthest, (before + Math.min(1, share) * part) / whole)
    const full = Math.round(WIDTH * furthest)
    const percent = String(Math.floor(100 * furthest)).padStart(3)
    write(`\r[${'#'.repeat(full)}${' '.repeat(WIDTH - full)}] ${percent} %  ${step}\u001B[K`)
    drawnAt = at
  }
  return {
    onStep: (step) => {
      const at = now()
      if (timing) write(`${step.padEnd(24)} ${(at - stepBegun).toFixed(1)} ms\n`)
      stepBegun = at
      const number = steps.findIndex((one) => one === step)
      if (number >= 0) before = doneAfter(steps, number + 1)
      draw(0)
    },
    onPart: draw,
    end: () => {
      if (drawnAt >= begun) write('\r\u001B[2K')
      if (timing)
        write(`${'whole'.padEnd(24)} ${(now() - begun).toFixed(1)} ms, peak ${peakMiB().toFixed(0)} MiB\n`)
    },
  }
}

function doneAfter(steps: readonly (typeof STEPS)[number][], count: number): number {
  return steps.slice(0, count).reduce((sum, step) => sum + PARTS[step], 0)
}
