import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

import { ruleTables } from '../src/releases/rule-packs.ts'
import type { RuleTable } from '../src/releases/rule-table.ts'
import { evaluate } from '../src/releases/sharing.rules.ts'
import type { BasisId, FactId, Question, RecordId, RoleId } from '../src/releases/sharing.ts'

/** One documented row as a case: what is asked and answered, then one thing changed and the other answer. */
interface RuleCase {
  readonly id: string
  readonly says: string
  readonly given: Question
  readonly expected: string
  readonly near: Question
  readonly nearExpected: string
}

const signed = ['signer-cleared', 'release-active', 'listed']
const file = readFileSync(new URL('rule-cases.us.txt', import.meta.url), 'utf8')
const cases = file.trim().split('\n').map(caseOf)

/** A line: id and title | from, to, record, basis, facts | answer | what is changed | the answer to that. */
function caseOf(line: string): RuleCase {
  const [head = '', asked = '', expected = '', changes = '', nearExpected = ''] = line.split(' | ')
  const [id = '', ...says] = head.split(' ')
  const [from, to, record, basis, ...facts] = asked.split(' ')
  const given = {
    from: from as RoleId,
    to: to as RoleId,
    record: record as RecordId,
    basis: basis as BasisId,
    facts: facts.flatMap(factsNamed),
  }
  return {
    id,
    says: says.join(' '),
    given,
    expected,
    near: changes.split(' ').reduce(changed, given),
    nearExpected,
  }
}

function factsNamed(word: string): readonly FactId[] {
  return word === 'signed' ? signed : [word]
}

function changed(question: Question, change: string): Question {
  const [column, value] = change.split('=')
  if (value !== undefined) return { ...question, [column ?? '']: value }
  const named = factsNamed(change.slice(1))
  const others = question.facts.filter((fact) => !named.includes(fact))
  return { ...question, facts: change.startsWith('+') ? [...others, ...named] : others }
}

/** An answer in words: the outcome, every rule that spoke, the longest time, and what is missing. */
function answer(table: RuleTable, question: Question): string {
  const { outcome, rules, maxDays, oneTime, missing } = evaluate(table, question)
  const time = [...(maxDays === null ? [] : [String(maxDays)]), ...(oneTime ? ['once'] : [])]
  const needs = missing.map((each) => each.need)
  return [outcome, ...rules, ...time, ...(needs.length > 0 ? [':', ...needs] : [])].join(' ')
}

describe('every row of the documented table, given and expected, and one near miss', () => {
  test.each(cases.map((each) => [each.id, each.says, each] as const))('%s: %s', (id, _, each) => {
    expect(answer(ruleTables.us, each.given)).toBe(each.expected)
    expect(answer(ruleTables.us, each.near)).toBe(each.nearExpected)
    expect(each.nearExpected).not.toBe(each.expected)
    expect(evaluate(ruleTables.us, each.given).rules).toContain(id.replace('rule-', ''))
  })

  test('all seventy-five stand here once, in their order', () => {
    expect(cases.map((each) => each.id)).toEqual(Array.from({ length: 75 }, (_, n) => `us-rule-${n + 1}`))
  })

  test('a row that falls silent is seen by its own case', () => {
    const unseen = cases.filter((each) => {
      const row = each.id.replace('rule-', '')
      const table = { ...ruleTables.us, rows: ruleTables.us.rows.filter((one) => one.id !== row) }
      return answer(table, each.given) === each.expected
    })
    expect(unseen.map((each) => each.id)).toEqual([])
  })
})
