import { checkTable, RuleTable, ruleTables, type Combination, type TableChecked } from '#releases'
import { readJson, readWords, refuse } from './cli-json.ts'

/** `anydoor check --rules`: gives the exit code. */
export function runCheckRules(args: readonly string[]): 0 | 1 | 2 {
  const given = readWords(args, { values: [], flags: ['--rules', '--json'] })
  if ('cannot' in given) return refuse(given.cannot)
  const paths = given.plain
  const tables: RuleTable[] = []
  for (const path of paths) {
    const table = readTable(path)
    if (typeof table === 'string') return refuse(table)
    tables.push(table)
  }
  const checked = (paths.length === 0 ? Object.values(ruleTables) : tables).map(checkTable)
  process.stdout.write(given.flags.has('--json') ? asJsonText(checked) : checked.map(inWords).join('\n'))
  return checked.every((each) => each.holds) ? 0 : 1
}

function readTable(path: string): RuleTable | string {
  const file = readJson(path)
  if ('cannot' in file) return file.cannot
  const read = RuleTable.safeParse(file.json)
  if (read.success) return read.data
  const [first] = read.error.issues
  return `${path}: is no rule table: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}; docs/domain/sharing.md says how a row is written`
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

function asJsonText(checked: readonly TableChecked[]): string {
  const plain = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
  return `${JSON.stringify(checked, plain, 1)}\n`
}
