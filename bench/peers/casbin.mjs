// The lines as policies of casbin with its priority effect: the first policy that matches decides.
import { readFileSync } from 'node:fs'
import { newEnforcer, newModelFromString, StringAdapter } from 'casbin'
import { timed } from './timed.mjs'

const { lines, questions } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const model = newModelFromString(`
[request_definition]
r = from, to, record, basis, facts
[policy_definition]
p = from, to, records, bases, when, unless, unlessAll, eft
[policy_effect]
e = priority(p.eft) || deny
[matchers]
m = has(p.from, r.from) && has(p.to, r.to) && has(p.records, r.record) && has(p.bases, r.basis) && every(p.when, r.facts) && none(p.unless, r.facts) && open(p.unlessAll, r.facts)
`)
const list = (values) => (values.length === 0 ? '-' : values.join(' '))
const policies = lines.map((line) =>
  ['p', list(line.from), list(line.to), list(line.records), list(line.bases), list(line.when), list(line.unless), list(line.unlessAll), line.allow ? 'allow' : 'deny'].join(', '),
)
const enforcer = await newEnforcer(model, new StringAdapter(policies.join('\n')))
const sets = new Map()
const setOf = (text) => {
  if (!sets.has(text)) sets.set(text, new Set(text === '-' ? [] : text.split(' ')))
  return sets.get(text)
}
enforcer.addFunction('has', (cell, value) => setOf(cell).has(value))
enforcer.addFunction('every', (cell, facts) => [...setOf(cell)].every((fact) => facts.has(fact)))
enforcer.addFunction('none', (cell, facts) => ![...setOf(cell)].some((fact) => facts.has(fact)))
enforcer.addFunction('open', (cell, facts) => cell === '-' || ![...setOf(cell)].every((fact) => facts.has(fact)))

const asked = questions.map(({ from, to, record, basis, facts }) => [from, to, record, basis, new Set(facts)])
timed(asked, (question) => enforcer.enforceSync(...question))
