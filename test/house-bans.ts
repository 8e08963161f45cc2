import { fileURLToPath } from 'node:url'
import { isCode, isTest } from './house-files.ts'
import type { HouseFile, Trespass } from './house-files.ts'
import { readCode } from './house-reading.ts'
import type { Reading } from './house-reading.ts'

const unfinished = /\b(TODO|FIXME|XXX|HACK|WIP)\b/
const past = /\b(formerly|refactored|backwards? compatib\w+|legacy code|old implementation|was renamed)\b/i
const machinePaths = /(^|[\s'"`(=:])\/(home\/[a-z]|Users\/[A-Za-z]|root\/)/m
/** Where this checkout lies, when the path is long enough to be no ordinary word. */
const checkout = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const ourHosts = /^(127\.0\.0\.1|localhost|\[::1\]|([a-z0-9-]+\.)*example\.(org|com|net)|www\.w3\.org)$/

/**
 * Words for what no table, column, field or facet of ours may hold: immigration status, social security and
 * other state numbers, country of birth, nor a proxy for one (DESIGN 6.5, us-domain U22).
 */
const neverHeld =
  /immigration|citizenship|nationality|asylum|refugee|visa_|_visa|residence_permit|settled_status|social_security|(^|_)ssn(_|$)|national_insurance|(^|_)nino(_|$)|nhs_number|passport|birth_(country|place)|(country|place)_of_birth|birthplace|alien_number|no_recourse|nrpf|tribal_enrol/

/** Bans that hold in every TypeScript file. */
export function checkBans(files: readonly HouseFile[]): readonly Trespass[] {
  return [
    ...files.filter(isCode).flatMap((file) => banned(file, readCode(file))),
    ...files.flatMap(pathsOfThisMachine),
  ]
}

/** No field for immigration status, state numbers, country of birth or a proxy, in tables, facets or forms. */
export function checkNeverHeld(files: readonly HouseFile[]): readonly Trespass[] {
  const found = (path: string, names: readonly string[]) =>
    names.filter((name) => neverHeld.test(snake(name))).map((what) => ({ path, rule: 'never-held', what }))
  return files.flatMap((file) => {
    if (file.path.startsWith('migrations/')) return found(file.path, namesInSql(file.text))
    if (file.path === 'src/directory/facets.json')
      return found(file.path, file.text.match(/"[a-z-]+"/g) ?? [])
    if (
      /^src\/(people|intake|releases|envelopes|referrals|survivors|parties)\//.test(file.path) &&
      isCode(file)
    ) {
      return isTest(file.path) ? [] : found(file.path, readCode(file).keys)
    }
    return []
  })
}

/** Invented data only: telephone numbers come from the ranges kept free for fiction. */
export function checkInvented(files: readonly HouseFile[]): readonly Trespass[] {
  const reserved = /^(01632960\d{3}|07700900\d{3}|0808157\d{4}|03069990\d{3}|02079460\d{3}|\d{0,4}55501\d\d)$/
  return files
    .filter((file) => file.path.startsWith('src/demo/') || file.path.endsWith('.hsds.json'))
    .flatMap((file) =>
      [
        ...file.text.matchAll(
          /(?<![\w.-])(?:\+44\s?|0)\d(?:[\s-]?\d){8,9}(?![\w-])|\b(?:\d{3}-)?\d{3}-\d{4}\b/g,
        ),
      ]
        .map((match) => match[0])
        .filter((phone) => !reserved.test(phone.replace(/^\+44\s?/, '0').replace(/[\s-]/g, '')))
        .map((phone) => ({ path: file.path, rule: 'invented-phone', what: phone })),
    )
}

function pathsOfThisMachine(file: HouseFile): readonly Trespass[] {
  if (file.path.startsWith('test/house')) return []
  const { path, text } = file
  const found = [
    machinePaths.exec(text)?.[0].trim(),
    checkout.length > 8 && text.includes(checkout) ? checkout : '',
  ]
  return found.flatMap((what) => (what ? [{ path, rule: 'machine-path', what }] : []))
}

function banned(file: HouseFile, reading: Reading): readonly Trespass[] {
  const { path } = file
  const config = path.endsWith('.config.ts')
  return [
    ...reading.errors.map((what) => ({ path, rule: 'parses', what })),
    ...reading.comments
      .filter((text) => unfinished.test(text))
      .map((text) => ({ path, rule: 'unfinished', what: text.trim().slice(0, 60) })),
    ...reading.comments
      .filter((text) => past.test(text))
      .map((text) => ({ path, rule: 'comment-about-the-past', what: text.trim().slice(0, 60) })),
    ...reading.oddities
      .filter((what) => !(config && what === 'default-export'))
      .map((what) => ({ path, rule: what, what })),
    ...reading.calls
      .filter(({ name, firstText }) => /^vi\.(do)?mock$/i.test(name) && /^[#.]/.test(firstText ?? ''))
      .map(({ firstText }) => ({ path, rule: 'mock-of-our-own', what: firstText ?? '' })),
    ...(path.startsWith('src/') && !isTest(path) ? reading.silent : []).map((what) => ({
      path,
      rule: 'says-what-it-promises',
      what,
    })),
    ...foreignHosts(file, reading).map((what) => ({ path, rule: 'third-party-url', what })),
  ]
}

/** Addresses of other hosts in what reaches a browser; a page that loads one tells that host who is here. */
function foreignHosts(file: HouseFile, reading: Reading): readonly string[] {
  const reachesBrowser = /\.(page|view)\.tsx$|^src\/islands\/|^src\/platform\/(ui|http)\//.test(file.path)
  if (!reachesBrowser || isTest(file.path)) return []
  return reading.strings
    .flatMap((text) => [...text.matchAll(/\bhttps?:\/\/([^\s/"'`?#:]+)/g)].map((match) => match[1] ?? ''))
    .filter((host) => host !== '' && !host.startsWith('$') && !ourHosts.test(host))
}

function namesInSql(sql: string): readonly string[] {
  const withoutComments = sql.replace(/--.*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '')
  return [...new Set(withoutComments.match(/\b[a-z][a-z0-9_]+\b/g) ?? [])]
}

function snake(name: string): string {
  return name
    .replace(/["']/g, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/-/g, '_')
    .toLowerCase()
}
