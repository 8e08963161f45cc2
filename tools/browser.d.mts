/** Path of the program that `CHROMIUM_PATH` names, or of the first Chromium or Chrome here; null when there is none. */
export function findBrowser(env?: Readonly<Record<string, string | undefined>>): string | null
