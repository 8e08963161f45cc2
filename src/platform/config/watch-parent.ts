const checkEveryMilliseconds = 500

/**
 * Calls `onGone` once when the npm process that started this one has gone, since killing npm leaves its child running.
 * Started any other way (a service manager, a shell) it watches nothing. Returns a function that stops watching.
 */
export function watchParent(
  env: Readonly<Record<string, string | undefined>>,
  onGone: () => void,
): () => void {
  if (env['npm_lifecycle_event'] === undefined) return () => {}
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    onGone()
  }, checkEveryMilliseconds)
  timer.unref()
  return () => clearInterval(timer)
}
