// Finds the Chromium for browser tests; no package, because setup asks before there is one.
import { accessSync, constants } from 'node:fs'
import path from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Path of the program that `CHROMIUM_PATH` names, or of the first Chromium or Chrome here; null when there is none. */
export function findBrowser(env = process.env) {
  if (env.CHROMIUM_PATH) return isProgram(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : null
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '')
  const places = names.flatMap((name) => folders.map((folder) => path.join(folder, name)))
  return [...places, ...elsewhere].find(isProgram) ?? null
}

function isProgram(place) {
  try {
    accessSync(place, constants.X_OK)
    return true
  } catch {
    return false
  }
}
