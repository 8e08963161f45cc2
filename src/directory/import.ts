import type { OrganizationRecord, ServiceRecord } from './listing.ts'

/** What became of one record of a file. */
export type Outcome = 'imported' | 'imported-with-warnings' | 'held' | 'rejected'

/** Something wrong with a record: the rule, the place in the file, a plain sentence that quotes no value. */
export interface Problem {
  readonly rule: string
  readonly at: string
  readonly message: string
}

export interface RecordReport {
  readonly path: string
  readonly id: string
  readonly outcome: Outcome
  readonly problems: readonly Problem[]
}

/** One record of a file before it is read: where it stands, and the organisation it stands under. */
export interface RawRecord {
  readonly path: string
  /** HSDS 3.1 as JSON. What is no object is rejected. */
  readonly json: unknown
  /** An organisation that has no services: a record of its own. */
  readonly isOrganization: boolean
  readonly organization: { readonly json: Readonly<Record<string, unknown>>; readonly path: string } | null
  /** What was found when the file's own format was turned into HSDS. */
  readonly problems?: readonly Problem[]
  /** Where a place of `json` stands in the file itself, when its format is another one. */
  readonly origin?: (at: string) => string
}

/** Where records come from. It can be opened again and again, and gives the same records in the same order each time. */
export interface RecordSource {
  /** The format's name, as the run keeps it. */
  readonly format: string
  readonly open: () => AsyncIterable<RawRecord>
}

/** What became of a file: every record in exactly one of the four. */
export interface ImportReport {
  readonly imported: number
  readonly importedWithWarnings: number
  readonly held: number
  readonly rejected: number
  readonly records: readonly RecordReport[]
  /** The run, where something was written: it can be undone by this id. */
  readonly runId?: string
}

/** One record of a file after reading; what is not rejected carries what to store. */
export interface ReadRecord extends RecordReport {
  readonly service: ServiceRecord | null
  /** For an organisation without services. */
  readonly organization: OrganizationRecord | null
}

/** A file as read: its records, or one line that says why it is not an HSDS file. */
export type ReadFile =
  | {
      readonly ok: true
      readonly records: readonly ReadRecord[]
      /** Confidential addresses as keys, only to find the same place among what is stored; never kept. */
      readonly secretKeys: readonly string[]
    }
  | { readonly ok: false; readonly refused: string }

/** What the directory already knows, so that an import never undoes a person's decision. Ids in lower case. */
export interface KnownListings {
  /** Services whose place is confidential. */
  readonly confidentialServices: ReadonlySet<string>
  readonly confidentialLocations: ReadonlySet<string>
  /** Services that keep a place private without being so themselves. */
  readonly keepingServices: ReadonlySet<string>
  /** Organisations of services that are private or keep a place private. */
  readonly keepingOrganizations: ReadonlySet<string>
  /** Services that a person has looked at after they were held, whatever they decided. */
  readonly reviewed: ReadonlySet<string>
  /** Names that a person gave to what came without one. */
  readonly names: ReadonlyMap<string, string>
}

/** Nothing known yet. */
export const nothingKnown: KnownListings = {
  confidentialServices: new Set(),
  confidentialLocations: new Set(),
  keepingServices: new Set(),
  keepingOrganizations: new Set(),
  reviewed: new Set(),
  names: new Map(),
}

/** Counts the records of a report. */
export function reportOf(records: readonly RecordReport[]): ImportReport {
  const report = reportMaker()
  for (const each of records) report.add(each)
  return report.made()
}

/** A report that is made record by record. Where `tell` takes the records, they are not kept. */
export function reportMaker(tell?: (record: RecordReport) => void): {
  readonly add: (record: RecordReport) => void
  readonly made: () => ImportReport
} {
  const counts: Record<Outcome, number> = { imported: 0, 'imported-with-warnings': 0, held: 0, rejected: 0 }
  const records: RecordReport[] = []
  const take = tell ?? ((record: RecordReport) => void records.push(record))
  return {
    add: ({ path, id, outcome, problems }) => {
      counts[outcome] += 1
      take({ path, id, outcome, problems })
    },
    made: () => ({
      imported: counts.imported,
      importedWithWarnings: counts['imported-with-warnings'],
      held: counts.held,
      rejected: counts.rejected,
      records,
    }),
  }
}
