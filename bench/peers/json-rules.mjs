// One rule a clause in json-rules-engine; reads { clauses, people } and prints milliseconds a person and who is taken.
import { readFileSync } from 'node:fs'
import { Engine } from 'json-rules-engine'

const { clauses, people } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const engine = new Engine([], { allowUndefinedFacts: true })
for (const { service, tests } of clauses) {
  const all = tests.map((test) =>
    test.min === undefined ? { fact: test.facet, operator: 'in', value: test.values } : { fact: test.facet, operator: 'greaterThanInclusive', value: test.min },
  )
  for (const test of tests) if (test.min !== undefined) all.push({ fact: test.facet, operator: 'lessThanInclusive', value: test.max })
  engine.addRule({ conditions: { all }, event: { type: 'takes', params: { service } } })
}
const times = []
const taken = []
for (const person of people.slice(0, 3)) {
  if (times.some((ms) => ms > 3000)) break
  const begun = performance.now()
  const { events } = await engine.run(person)
  times.push(performance.now() - begun)
  taken.push(new Set(events.map((event) => event.params.service)).size)
}
console.log(JSON.stringify({ ms: Math.min(...times), taken }))
