import { parse } from 'csv-parse/sync'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Field {
  readonly name: string
  readonly type?: string
  readonly format?: string
  readonly constraints?: {
    readonly required?: boolean
    readonly unique?: boolean
    readonly enum?: readonly string[]
  }
}

/** A data package as it describes itself (Frictionless Table Schema): what of it a check needs. */
export interface DataPackage {
  readonly resources: readonly {
    readonly name: string
    readonly path: string
    readonly schema: {
      readonly fields: readonly Field[]
      readonly foreignKeys?: readonly {
        readonly fields: string
        readonly reference: { readonly resource: string; readonly fields: string }
      }[]
    }
  }[]
}

type Row = Readonly<Record<string, string>>

const forms: Readonly<Record<string, RegExp>> = {
  number: /^-?\d+(\.\d+)?$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  date: /^\d{4}-\d\d-\d\d$/,
  time: /^\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$/,
  datetime: /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/,
}

/** Checks the tables in a folder against a description: columns, required, unique, enum, forms, foreign keys. One line a finding. */
export function findingsIn(folder: string, description: DataPackage): readonly string[] {
  const tables = new Map(description.resources.map((each) => [each.name, rowsOf(join(folder, each.path))]))
  return description.resources.flatMap(({ name, schema }) => {
    const { header, rows } = tables.get(name) ?? { header: [], rows: [] }
    const known = schema.fields.map((field) => field.name)
    return [
      ...header
        .filter((column) => !known.includes(column))
        .map((column) => `${name}.${column}: unknown column`),
      ...schema.fields.flatMap((field) => fieldFindings(name, field, rows)),
      ...(schema.foreignKeys ?? []).flatMap(({ fields, reference }) => {
        const ids = new Set(tables.get(reference.resource)?.rows.map((row) => row[reference.fields]))
        return rows.flatMap((row, i) =>
          (row[fields] ?? '') === '' || ids.has(row[fields]) ? [] : [`${name}[${i}].${fields}: dangling key`],
        )
      }),
    ]
  })
}

function fieldFindings(table: string, { name, type, format, constraints }: Field, rows: readonly Row[]) {
  const seen = new Set<string>()
  const form = forms[format ?? ''] ?? forms[type ?? '']
  return rows.flatMap((row, i) => {
    const cell = row[name] ?? ''
    const at = `${table}[${i}].${name}`
    if (cell === '') return constraints?.required === true ? [`${at}: required`] : []
    const again = seen.has(cell)
    seen.add(cell)
    return [
      ...(constraints?.unique === true && again ? [`${at}: not unique`] : []),
      ...(constraints?.enum !== undefined && !constraints.enum.includes(cell)
        ? [`${at}: not in the list`]
        : []),
      ...(form !== undefined && !form.test(cell) ? [`${at}: no ${format ?? type}`] : []),
    ]
  })
}

function rowsOf(path: string): { readonly header: readonly string[]; readonly rows: readonly Row[] } {
  if (!existsSync(path)) return { header: [], rows: [] }
  const [header = [], ...rows]: readonly (readonly string[])[] = parse(readFileSync(path), {
    bom: true,
    skip_empty_lines: true,
  })
  return {
    header,
    rows: rows.map((cells) => Object.fromEntries(header.map((column, i) => [column, cells[i] ?? '']))),
  }
}
