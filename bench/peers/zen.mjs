// One row a clause in a decision table of zen-engine that collects every row that matches.
import { readFileSync } from 'node:fs'
import { ZenEngine } from '@gorules/zen-engine'

const { clauses, people, facets } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const cell = (test) => {
  if (test === undefined) return ''
  if (test.min !== undefined) return `[${test.min}..${test.max}]`
  return test.values.length === 0 ? 'false' : test.values.map((value) => JSON.stringify(value)).join(', ')
}
const rules = clauses.map(({ service, tests }, i) => ({
  _id: `r${i}`,
  ...Object.fromEntries(facets.map((facet) => [facet, cell(tests.find((test) => test.facet === facet))])),
  service: String(service),
}))
const engine = new ZenEngine()
const decision = engine.createDecision({
  contentType: 'application/vnd.gorules.decision',
  nodes: [
    { id: 'in', name: 'Request', type: 'inputNode', position: { x: 0, y: 0 } },
    {
      id: 'table',
      name: 'Table',
      type: 'decisionTableNode',
      position: { x: 1, y: 0 },
      content: {
        hitPolicy: 'collect',
        inputs: facets.map((facet) => ({ id: facet, name: facet, type: 'expression', field: facet.replaceAll('-', '_') })),
        outputs: [{ id: 'service', name: 'service', type: 'expression', field: 'service' }],
        rules,
      },
    },
    { id: 'out', name: 'Response', type: 'outputNode', position: { x: 2, y: 0 } },
  ],
  edges: [
    { id: 'a', sourceId: 'in', targetId: 'table', type: 'edge' },
    { id: 'b', sourceId: 'table', targetId: 'out', type: 'edge' },
  ],
})
const times = []
const taken = []
for (const person of people.slice(0, 4)) {
  const facts = Object.fromEntries(Object.entries(person).map(([facet, value]) => [facet.replaceAll('-', '_'), value]))
  const begun = performance.now()
  const { result } = await decision.evaluate(facts)
  times.push(performance.now() - begun)
  taken.push(new Set(result.map((one) => one.service)).size)
}
// The first evaluation compiles the table.
console.log(JSON.stringify({ ms: Math.min(...times.slice(1)), taken }))
