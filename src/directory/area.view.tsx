import type { Words } from '#platform/i18n'
import type { AreaRow, AreaSpot, CellState } from './area.ts'
import { cellState } from './area.rules.ts'
import { needByCode } from './facet.ts'
import { ageGroups } from './find.ts'

const states: readonly CellState[] = ['room', 'waiting', 'full', 'unsaid', 'none']
const grid = { top: 30, wide: 74, high: 54 }

/** Needs down, ages across, a mark for each: shape and fill say it, colour only helps. */
export function AreaPicture({ t, rows }: { readonly t: Words; readonly rows: readonly AreaRow[] }) {
  const cells = rows.flatMap((row) => row.cells)
  const holes = cells.filter((cell) => cellState(cell) === 'none').length
  const width = grid.wide * ageGroups.length
  const height = grid.top + grid.high * rows.length + 6
  const alt = t('directory.area.picture-alt', { holes, cells: cells.length })
  return (
    <>
      <ul class="app-area-key" aria-label={t('directory.area.key')}>
        {states.map((state) => (
          <li>
            <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
              <Mark state={state} x={12} y={12} />
            </svg>{' '}
            {t(`directory.area.key-${state}`)}
          </li>
        ))}
      </ul>
      <svg class="app-area" role="img" aria-label={alt} viewBox={`0 0 ${width} ${height}`}>
        {ageGroups.map(({ id }, at) => (
          <text class="app-area__age" x={middle(at)} y={20} text-anchor="middle">
            {t(`directory.age.${id}`)}
          </text>
        ))}
        {rows.map((row, down) => {
          const y = grid.top + grid.high * down
          return (
            <>
              {down % 2 === 0 ? (
                <rect class="app-area__band" x="0" y={y} width={width} height={grid.high} />
              ) : null}
              <text class="app-area__need" x="8" y={y + 19}>
                {needByCode(row.need)?.label ?? row.need}
              </text>
              {row.cells.map((cell, at) => (
                <Mark state={cellState(cell)} x={middle(at)} y={y + 37} />
              ))}
            </>
          )
        })}
      </svg>
    </>
  )
}

function middle(column: number): number {
  return grid.wide * (column + 0.5)
}

function Mark({ state, x, y }: { readonly state: CellState; readonly x: number; readonly y: number }) {
  if (state === 'none') {
    const cross = `M${x - 6} ${y - 6}L${x + 6} ${y + 6}M${x + 6} ${y - 6}L${x - 6} ${y + 6}`
    return <path class="app-area__none" d={cross} />
  }
  return (
    <>
      <circle class={`app-area__ring app-area__ring--${state}`} cx={x} cy={y} r="8" />
      {state === 'waiting' ? (
        <path class="app-area__half" d={`M${x} ${y - 8}A8 8 0 0 0 ${x} ${y + 8}Z`} />
      ) : null}
    </>
  )
}

// About as wide as a telephone, so that its words stay readable there.
const paper = { wide: 400, high: 380 }

/** Dots where services are, larger for more: those of which we know a middle as they lie, the others in rows below. */
export function SpotPicture({ t, spots }: { readonly t: Words; readonly spots: readonly AreaSpot[] }) {
  const placed = spots.flatMap((spot) => (spot.point === null ? [] : [{ ...spot, point: spot.point }]))
  const loose = spots.filter((spot) => spot.point === null).slice(0, 12)
  const across = 2
  const most = Math.max(1, ...spots.map((spot) => spot.services))
  const radius = (services: number) => 5 + 23 * Math.sqrt(services / most)
  const below = placed.length === 0 ? 0 : paper.high
  const height = below + Math.ceil(loose.length / across) * 96
  const [first] = spots
  const alt = t('directory.area.where-alt', {
    places: spots.length,
    first: first?.label ?? '',
    count: first?.services ?? 0,
  })
  const named = new Set(placed.slice(0, 14).map((spot) => spot.label))
  return (
    <svg class="app-area app-area--where" role="img" aria-label={alt} viewBox={`0 0 ${paper.wide} ${height}`}>
      {placed.map((spot) => {
        const [x, y] = onPaper(placed, spot.point)
        return (
          <>
            <circle class="app-area__spot" cx={x} cy={y} r={radius(spot.services) * 0.6} />
            {named.has(spot.label) ? (
              <text class="app-area__name" x={x + 18} y={y + 4}>
                {spot.label}
              </text>
            ) : null}
          </>
        )
      })}
      {loose.map((spot, at) => {
        const x = (paper.wide / across) * ((at % across) + 0.5)
        const y = below + 34 + Math.floor(at / across) * 96
        return (
          <>
            <circle class="app-area__spot" cx={x} cy={y} r={radius(spot.services)} />
            <text class="app-area__name" x={x} y={y + 46} text-anchor="middle">
              {spot.label.slice(0, 24)}, {t.number(spot.services)}
            </text>
          </>
        )
      })}
    </svg>
  )
}

/** Latitude and longitude onto the paper, north up, as large as fits. */
function onPaper(
  all: readonly { readonly point: readonly [number, number] }[],
  [latitude, longitude]: readonly [number, number],
): readonly [number, number] {
  const up = all.map((each) => each.point[0])
  const aside = all.map((each) => each.point[1])
  const [south, north, west, east] = [
    Math.min(...up),
    Math.max(...up),
    Math.min(...aside),
    Math.max(...aside),
  ]
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = Math.min(
    (paper.high - 60) / Math.max(0.5, north - south),
    (paper.wide - 150) / Math.max(0.5, (east - west) * squeeze),
  )
  return [Math.round(40 + (longitude - west) * squeeze * scale), Math.round(30 + (north - latitude) * scale)]
}
