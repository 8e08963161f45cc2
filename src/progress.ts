/** A bar on a terminal for work that takes more than a second; nothing anywhere else. */
export function progressBar(what: string): {
  readonly step: (done: number, of: number) => void
  readonly end: () => void
} {
  const begun = performance.now()
  let drawn = false
  const step = (done: number, of: number) => {
    if (!process.stderr.isTTY || performance.now() - begun < 1000) return
    const full = Math.round((20 * done) / Math.max(1, of))
    process.stderr.write(`\r[${'#'.repeat(full)}${' '.repeat(20 - full)}] ${what} ${done} of ${of}   `)
    drawn = true
  }
  const end = () => {
    if (drawn) process.stderr.write('\r\u001B[2K')
  }
  return { step, end }
}
