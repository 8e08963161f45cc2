import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { runCheck } from '../../src/cli-check.ts'
import { runMatch } from '../../src/cli-match.ts'

const folder = mkdtempSync(join(tmpdir(), 'anydoor-check-'))
const example = new URL('fixtures/example.system.json', import.meta.url).pathname
const expected: unknown = JSON.parse(
  readFileSync(new URL('fixtures/example.report.json', import.meta.url), 'utf8'),
)

test('the report on the example is the one worked by hand, every figure', () => {
  const { code, out, err } = run(() => runCheck([example, '--json']))
  expect([code, err]).toEqual([0, ''])
  close(JSON.parse(out), expected, '')
})

test('the readable report names gaps in two orders and says where weights come from', () => {
  const { code, out } = run(() => runCheck([example]))
  expect(code).toBe(0)
  expect(out).toContain('No wrong door: 34.1 % of what people bring to any door is met within 2 handovers.')
  expect(out).toContain(
    'Gaps by weight, which is also their order by number of situations, without weights:\n    33.3 % (42 situations)  How much it gets in the way: up to moderate; The abuse is: ongoing',
  )
  expect(out).toContain(
    '+23.8 points, to 57.9 %:  Children\'s recovery group: no longer ask about "The abuse is"',
  )
  expect(out).toContain('the file does not say where they come from')
})

test('the readable report says first where most is lost and what would win most; a long number is one to compare', () => {
  const { out } = run(() => runCheck([example]))
  expect(out).toContain(
    'In short\n  Most is lost at advocacy: "Someone to talk to" (The abuse is: ongoing): ',
  )
  expect(out).toContain(
    'The single change that wins most: Children\'s recovery group: no longer ask about "The abuse is" (57.9 % instead of 34.1 %).',
  )
  expect(out).toContain('Waits change nothing')
  const northmere = new URL('fixtures/northmere.system.json', import.meta.url).pathname
  const long = run(() => runCheck([northmere])).out
  expect(long).toContain('17.4 % (3.91 × 10^16 situations)  age: up to 4; ')
  expect(long).toContain(' smaller gaps are left out here.')
  expect(long).toContain('17.7 % without a wait, 24.0 % within 2 weeks')
})

test('a bar that holds exits 0, one that does not exits 1', () => {
  expect(run(() => runCheck([example, '--at-least', '0.3'])).code).toBe(0)
  const { code, err } = run(() => runCheck([example, '--at-least=0.9']))
  expect(code).toBe(1)
  expect(err).toContain('is below 0.9')
})

test('what cannot be read exits 2 with one line that names the place and the mend', () => {
  const file = JSON.parse(readFileSync(example, 'utf8')) as {
    services: { accepts: Record<string, unknown>[] }[]
    possible?: unknown
  }
  file.services[0]!.accepts[0]!['age'] = { min: 12, max: 5 }
  const cases: readonly [readonly string[], string][] = [
    [[save('range.json', JSON.stringify(file))], 'services[0].accepts[0].age: min 12 is above max 5; '],
    [
      [save('empty.json', JSON.stringify({ ...JSON.parse(readFileSync(example, 'utf8')), possible: [] }))],
      'possible: holds nowhere; ',
    ],
    [[save('broken.json', '{"facets": [')], 'is not JSON'],
    [[join(folder, 'nowhere.json')], 'cannot be read (ENOENT)'],
    [[], 'name one file'],
    [[example, '--gaps', 'many'], '--gaps should be a whole number'],
    [[example, '--gapz', '3'], '--gapz is not known'],
    [[example, '--at-least', '2'], '--at-least should be a share'],
  ]
  for (const [args, line] of cases) {
    const { code, out, err } = run(() => runCheck(args))
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(line)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  }
})

test('one person is matched, and a plan is made', () => {
  const nine = save('nine.json', '{"age": 9, "severity": "moderate"}')
  expect(JSON.parse(run(() => runMatch([example, nine, '--json'])).out)).toEqual({
    takes: [],
    dependsOn: [{ service: 'children-recovery', questions: ['abuse'] }],
    doesNotTake: [{ service: 'clinic-core', clause: 0, blocks: ['severity'] }],
    bestQuestion: 'abuse',
    gap: false,
  })
  expect(run(() => runMatch([example, nine])).out).toContain("Children's recovery group: ask The abuse is")
  expect(run(() => runMatch([example, nine, '--need', 'shelter'])).err).toContain(
    '--need shelter is not a need',
  )
  expect(run(() => runMatch([example, save('bad.json', '{"age": 99}')])).err).toContain(
    'situation.age: 99 is not a value',
  )
  const { plan } = JSON.parse(run(() => runCheck([example, '--json', '--plan', '3'])).out) as {
    plan: { noWrongDoor: number }[]
  }
  expect(plan).toHaveLength(2)
  expect(plan[1]?.noWrongDoor).toBeCloseTo(1, 12)
})

function save(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

function run(command: () => number): { code: number; out: string; err: string } {
  const lines = { out: '', err: '' }
  const stdout = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => Boolean((lines.out += String(text))))
  const stderr = vi
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => Boolean((lines.err += String(text))))
  try {
    return { code: command(), ...lines }
  } finally {
    stdout.mockRestore()
    stderr.mockRestore()
  }
}

function close(actual: unknown, wanted: unknown, place: string): void {
  if (typeof actual === 'number' && typeof wanted === 'number')
    expect(Math.abs(actual - wanted), place).toBeLessThan(1e-13)
  else if (typeof actual === 'object' && typeof wanted === 'object' && actual !== null && wanted !== null) {
    expect(Object.keys(actual), place).toEqual(Object.keys(wanted))
    for (const [key, value] of Object.entries(actual))
      close(value, (wanted as Record<string, unknown>)[key], `${place}.${key}`)
  } else expect(actual, place).toEqual(wanted)
}
