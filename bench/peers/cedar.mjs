// The lines as Cedar policies: Cedar has no order, so a permit says which refusing lines before it must not match.
import { readFileSync } from 'node:fs'
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import { timed } from './timed.mjs'

const { lines, questions } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const all = Object.fromEntries(
  ['from', 'to', 'records', 'bases'].map((column) => [column, new Set(lines.flatMap((line) => line[column])).size]),
)
const among = (column, line, what) =>
  line[column].length === all[column] ? [] : [`[${line[column].map((each) => JSON.stringify(each)).join(', ')}].contains(${what})`]
const fact = (each) => `context.facts.contains(${JSON.stringify(each)})`
const matches = (line) =>
  [
    ...among('from', line, 'context.from'),
    ...among('to', line, 'context.to'),
    ...among('records', line, 'context.record'),
    ...among('bases', line, 'context.basis'),
    ...line.when.map(fact),
    ...line.unless.map((each) => `!${fact(each)}`),
    ...(line.unlessAll.length > 0 ? [`!(${line.unlessAll.map(fact).join(' && ')})`] : []),
  ].join(' && ') || 'true'
const meet = (a, b, column) => a[column].some((each) => b[column].includes(each))
const overlap = (a, b) =>
  ['from', 'to', 'records', 'bases'].every((column) => meet(a, b, column)) &&
  !a.when.some((each) => b.unless.includes(each)) &&
  !b.when.some((each) => a.unless.includes(each))
// Refusals before any permit hold always.
const first = lines.findIndex((line) => line.allow)
const policies = lines.flatMap((line, i) => {
  if (i < first) return [`forbid(principal, action, resource) when { ${matches(line)} };`]
  if (!line.allow) return []
  const before = lines.slice(first, i).filter((other) => !other.allow && overlap(line, other))
  const unless = before.length === 0 ? '' : ` unless { ${before.map((other) => `(${matches(other)})`).join(' || ')} }`
  return [`permit(principal, action, resource) when { ${matches(line)} }${unless};`]
})
const parsed = preparsePolicySet('rules', { staticPolicies: policies.join('\n') })
if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed.errors).slice(0, 400))

const uid = (type, id) => ({ type, id })
const calls = questions.map(({ from, to, record, basis, facts }) => ({
  principal: uid('Agency', from),
  action: uid('Action', 'share'),
  resource: uid('Record', record),
  context: { from, to, record, basis, facts },
  preparsedPolicySetId: 'rules',
  entities: [],
}))
timed(calls, (call) => {
  const answer = statefulIsAuthorized(call)
  if (answer.type !== 'success') throw new Error(JSON.stringify(answer).slice(0, 400))
  return answer.response.decision === 'allow'
})
