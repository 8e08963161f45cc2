/** The exit code of a program whose reader has gone: 128 and the number of SIGPIPE. */
export const brokenPipe = 141

type Stream = Pick<NodeJS.WriteStream, 'on'>

/**
 * Lets this program outlive whoever reads what it prints, as in `anydoor import … | head`: what has begun is brought to its
 * end, what more is printed goes nowhere, and the exit code says it.
 */
export function outliveReader(out: Stream, complaints: Stream): void {
  for (const stream of [out, complaints])
    stream.on('error', (error) => {
      if (!isBrokenPipe(error)) throw error
      if (stream === out) process.exitCode = brokenPipe
    })
}

/** Whether nobody reads any more at the other end. */
export function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE'
}
