import type { ImportReport, RecordReport } from '#directory'
import { outcomeNames } from './outcome-names.ts'

/** A report as it is printed: its records as they come, its counts at the end. */
export interface ReportLines {
  readonly tell: (record: RecordReport) => void
  readonly end: (report: ImportReport) => void
  /** Nothing was changed after all: what has been printed is brought to an end. */
  readonly fail: () => void
}

const mostTold = 1_000

/** One JSON object over many lines, of which none is kept; the run's id goes beside it, as it is no part of the report. */
export function jsonLines(print: (line: string) => void, aside: (line: string) => void): ReportLines {
  let told = 0
  const tell = (record: RecordReport) => {
    const said = { ...record, outcome: outcomeNames[record.outcome] }
    print(`${told === 0 ? '{"records":[' : ','}${JSON.stringify(said)}`)
    told += 1
  }
  const close = (rest: object) => {
    const text = JSON.stringify(rest).slice(1)
    print(`${told === 0 ? '{"records":[' : ''}]${text === '}' ? '' : ','}${text}`)
  }
  return {
    tell,
    end: ({ records, runId, ...counts }) => {
      for (const each of records) tell(each)
      close(counts)
      if (runId !== undefined) aside(takeBackLine(runId))
    },
    fail: () => (told === 0 ? undefined : close({ failed: true })),
  }
}

/** The counts in words, then each record with a problem; of very many, the first. */
export function plainLines(print: (line: string) => void, dryRun: boolean): ReportLines {
  const lines: string[] = []
  let told = 0
  const tell = (each: RecordReport) => {
    if (each.problems.length === 0) return
    told += 1
    if (told > mostTold) return
    lines.push(
      `${each.path}${each.id === '' ? '' : ` (${each.id})`}: ${each.outcome}`,
      ...each.problems.map((one) => `  ${one.at} ${one.rule}: ${one.message}`),
    )
  }
  return {
    tell,
    end: (report) => {
      for (const each of report.records) tell(each)
      print(
        `${dryRun ? 'Nothing was changed. It would be: ' : ''}${report.imported} imported, ${report.importedWithWarnings} imported with warnings, ${report.held} held for a person, ${report.rejected} rejected.`,
      )
      for (const line of lines) print(line)
      if (told > mostTold) print(`And ${told - mostTold} records more with a problem; --json tells of each.`)
      if (report.runId !== undefined) print(takeBackLine(report.runId))
    },
    fail: () => undefined,
  }
}

function takeBackLine(runId: string): string {
  return `To take this back as long as nothing came after it: anydoor import --undo ${runId} --why TEXT`
}
