import type { Context } from 'hono'
import type { MemberEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, Details, InsetText, Select } from '#platform/ui'
import type { Arrival } from './arrival.ts'
import { lookAtTable, type TableLook } from './mapping.actions.ts'
import { asSuggested, type MappingLine, mappingLines } from './mapping-form.rules.ts'
import { paths } from './paths.ts'

/** Fields that are shown even where no column seems to fill them. */
const always = new Set(['id', 'name', 'description', 'url', 'email', 'phones', 'organization_name'])
const longestExample = 80

/** The form that says which column is which: each field of ours, its column, and an example from the file. */
export async function MappingPart({
  c,
  arrival,
  typed,
  error,
}: {
  readonly c: Context<MemberEnv>
  readonly arrival: Arrival
  readonly typed: ReadonlyMap<string, string>
  readonly error: string | undefined
}) {
  const { t, db, site } = c.var
  const look = await lookAtTable(db, site.installation, arrival)
  if (look === null) return <InsetText>{t('exchange.mapping.gone')}</InsetText>
  const lines = mappingLines(look.suggested, typed)
  const shown = (line: MappingLine) => line.chosen !== '' || always.has(line.field.field)
  const field = (line: MappingLine) => (
    <FieldLine t={t} look={look} line={line} error={line.field.field === 'name' ? error : undefined} />
  )
  return (
    <form
      method="post"
      action={arrival.feedId === null ? paths.mapping(arrival.id) : paths.feedColumns(arrival.feedId)}
    >
      <p class="govuk-body">{t('exchange.mapping.lead')}</p>
      {lines.filter(shown).map(field)}
      <Details summary={t('exchange.mapping.more')}>
        {lines.filter((line) => !shown(line)).map(field)}
      </Details>
      <Button>{t('exchange.mapping.go')}</Button>
    </form>
  )
}

function FieldLine({
  t,
  look,
  line,
  error,
}: {
  readonly t: Words
  readonly look: TableLook
  readonly line: MappingLine
  readonly error: string | undefined
}) {
  const { field, rule, chosen } = line
  const together = rule === null ? '' : togetherText(t, rule)
  return (
    <Select
      name={`column.${field.field}`}
      id={`column-${field.field.replaceAll('_', '-')}`}
      label={t(`exchange.field.${field.field.replaceAll('_', '-')}`)}
      labelSize="s"
      hint={exampleText(t, look, line)}
      error={error}
      value={chosen}
      items={[
        { value: '', text: t('exchange.mapping.none') },
        ...(together === '' ? [] : [{ value: asSuggested, text: together }]),
        ...look.header.map((column) => ({ value: column, text: column })),
      ]}
    />
  )
}

function togetherText(t: Words, { columns = [], constant }: NonNullable<MappingLine['rule']>): string {
  if (columns.length > 1) return t('exchange.mapping.several', { columns: columns.join(', ') })
  if (columns.length === 0 && constant !== undefined)
    return t('exchange.mapping.constant', { value: String(constant) })
  return ''
}

function exampleText(t: Words, look: TableLook, { rule, chosen }: MappingLine): string {
  if (chosen === '') return ''
  const columns = chosen === asSuggested ? (rule?.columns ?? []) : [chosen]
  const values = columns.flatMap((column) => {
    const found = look.rows.map((row) => row[column]?.trim() ?? '').find((cell) => cell !== '')
    return found === undefined ? [] : [found]
  })
  if (values.length === 0) return columns.length === 0 ? '' : t('exchange.mapping.no-example')
  const value = values.join(', ')
  const short = value.length > longestExample ? `${value.slice(0, longestExample)} …` : value
  return t('exchange.mapping.example', { value: short })
}
