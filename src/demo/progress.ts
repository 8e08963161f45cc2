/** Says how far a piece of work is. */
export interface Progress {
  /** One more step is done. */
  readonly step: () => void
  /** Says what is being done now. */
  readonly say: (what: string) => void
  /** The work is over: the line is cleared. */
  readonly done: () => void
}

const WIDTH = 24

/** A bar on a terminal; on anything else one line for each part, so that a log stays readable. */
export function progressOn(
  out: { readonly isTTY?: boolean; write(text: string): unknown },
  total: number,
): Progress {
  let at = 0
  let what = ''
  const draw = () => {
    const full = Math.min(WIDTH, Math.floor((at / Math.max(1, total)) * WIDTH))
    out.write(`\r\u001B[K  [${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${what}`)
  }
  return {
    step() {
      at += 1
      if (out.isTTY) draw()
    },
    say(next) {
      what = next
      if (out.isTTY) draw()
      else out.write(`  ${what}\n`)
    },
    done() {
      if (out.isTTY) out.write('\r\u001B[K')
    },
  }
}
