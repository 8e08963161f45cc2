import { figuresOf, load, reportOf } from '#engine/check'
import { whatIf, type Change } from '#engine/remedies'
import { problemLine, readSystem } from '#engine/space'
import { AREA, COUNTRY, REGION, generate } from './engine-generator.ts'

/** One scale in a process of its own, so that its peak memory is its own: `engine-check.ts area|region|country [remedies]`. */
const [scale = 'area', remedies = '10'] = process.argv.slice(2)
const json = generate({ area: AREA, region: REGION, country: COUNTRY }[scale] ?? AREA)
const steps: Record<string, number> = {}
let last = performance.now()
const begun = last
const onStep = (step: string) => {
  const now = performance.now()
  steps[step] = now - last
  last = now
}
const read = readSystem(json)
if (!read.ok) throw new Error(problemLine(read.problem))
onStep('reading')
const loaded = load(read.value, { onStep })
if ('place' in loaded) throw new Error(problemLine(loaded))
const report = reportOf(loaded, { onStep, remedies: Number(remedies) })
const whole = performance.now() - begun
const { user, system } = process.cpuUsage()
const { store } = loaded.solved.model
const result = {
  scale,
  whole,
  cpu: (user + system) / 1000,
  steps,
  peakMiB: process.resourceUsage().maxRSS / 1024,
  situations: report.situations,
  edges: store.edges,
  noWrongDoor: report.noWrongDoor,
  whatIf: scale === 'region' ? whatIfTimes() : [],
}
process.stdout.write(JSON.stringify(result))

/** Sixty single changes, each from the loaded system to all its figures. */
function whatIfTimes(): readonly number[] {
  if (loaded === undefined || 'place' in loaded) return []
  const base = loaded
  return Array.from({ length: 60 }, (_, i) => {
    const service = json.services[(i * 37) % json.services.length]!
    const changes: Change[] = [
      { kind: 'close-service', service: service.id },
      { kind: 'widen', service: service.id, clause: 0, facet: Object.keys(service.accepts[0]!)[0]! },
      { kind: 'add-pathway', from: json.agencies[i]!.id, to: service.id, by: 'warm' },
    ]
    const start = performance.now()
    const after = whatIf(base, [changes[i % 3]!])
    if ('place' in after) throw new Error(problemLine(after))
    figuresOf(after)
    return performance.now() - start
  }).sort((a, b) => a - b)
}
