import {
  checkLawPack,
  checkTable,
  type Combination,
  LawPack,
  lawPacks,
  type PackChecked,
  RuleTable,
  ruleTables,
  type TableChecked,
} from '#releases'
import { readJson, readWords, refuse } from './cli-json.ts'

/** `anydoor check --rules`: gives the exit code. Without files it checks every table and every pack of a state or nation. */
export function runCheckRules(args: readonly string[]): 0 | 1 | 2 {
  const given = readWords(args, { values: [], flags: ['--rules', '--json'] })
  if ('cannot' in given) return refuse(given.cannot)
  const tables: RuleTable[] = []
  const packs: LawPack[] = []
  for (const path of given.plain) {
    const read = readRules(path)
    if (typeof read === 'string') return refuse(read)
    if ('fields' in read) packs.push(read)
    else tables.push(read)
  }
  if (given.plain.length === 0) {
    tables.push(...Object.values(ruleTables))
    packs.push(...lawPacks())
  }
  const checked = tables.map(checkTable)
  const laws = packs.map(checkLawPack)
  const text = [...checked.map(inWords), ...laws.map(packInWords)].join('\n')
  process.stdout.write(given.flags.has('--json') ? asJsonText([...checked, ...laws]) : text)
  return [...checked, ...laws].every((each) => each.holds) ? 0 : 1
}

/** A rule table or a pack; a sentence for a file that is neither. */
function readRules(path: string): RuleTable | LawPack | string {
  const file = readJson(path)
  if ('cannot' in file) return file.cannot
  const isPack = typeof file.json === 'object' && file.json !== null && 'fields' in file.json
  const read = (isPack ? LawPack : RuleTable).safeParse(file.json)
  if (read.success) return read.data
  const [first] = read.error.issues
  const where = `${first?.path.join('.') ?? ''} ${first?.message ?? ''}`
  return isPack
    ? `${path}: is no pack: ${where}; docs/domain/packs.md says how a field is written`
    : `${path}: is no rule table: ${where}; docs/domain/sharing.md says how a row is written`
}

function packInWords({ pack, version, set, asked: all, leftOut, faults, holds }: PackChecked): string {
  return [
    `Law ${pack}, version ${version}: ${set} of ${all} questions answered; the rest count at their strictest.`,
    ...leftOut.map((id) => `  LEFT    ${id} is not in the file and counts as not set.`),
    ...faults.map(({ row, says }) => `  BAD     ${row} ${says}.`),
    holds ? '  Everything holds.' : '  Something does not hold.',
    '',
  ].join('\n')
}

function inWords(checked: TableChecked): string {
  const { table, version, combinations, letThrough } = checked
  const share = Number((letThrough * 1_000_000n) / combinations) / 10_000
  return [
    `Rules ${table}, version ${version}: ${grouped(combinations)} combinations, of which ${share} in a hundred are let through or could be.`,
    ...checked.invariants.flatMap((each) =>
      each.broken === null
        ? [`  holds   ${each.says} (${grouped(each.combinations)})`]
        : [
            `  BROKEN  ${each.says} (in ${grouped(each.broken.combinations)} of ${grouped(each.combinations)})`,
            ...asked(each.broken),
          ],
    ),
    ...checked.order.flatMap((each) => [
      `  ORDER   ${each.first} is read before ${each.second} and they answer differently; if that is meant, say so in "before".`,
      ...asked(each),
    ]),
    ...checked.idle.map(
      (id) => `  IDLE    ${id} never decides: rows above it match first wherever it matches.`,
    ),
    ...checked.unhandled.map(
      ({ column, value }) =>
        `  OPEN    no row names ${value} under "${column}"; write one, or say in "leftToAnyRow" why none is needed.`,
    ),
    checked.holds ? '  Everything holds.' : '  Something does not hold.',
    '',
  ].join('\n')
}

function asked({ question, outcome, rules }: Combination): readonly string[] {
  const { from, to, record, basis, facts } = question
  return [
    `            from ${from} to ${to}, record ${record}, ground ${basis}, ${facts.length === 0 ? 'no facts' : facts.join(', ')}`,
    `            answer: ${outcome}, by ${rules.join(', ')}`,
  ]
}

function grouped(count: bigint): string {
  return count.toLocaleString('en')
}

function asJsonText(checked: readonly (TableChecked | PackChecked)[]): string {
  const plain = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
  return `${JSON.stringify(checked, plain, 1)}\n`
}
