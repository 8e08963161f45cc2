import { directoryPaths } from '#directory'
import { type Member, members } from '#parties'
import { type Actor, openParty } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { Button, Details, SummaryList, Table } from '#platform/ui'
import {
  type Applied,
  type Arrival,
  type DifferenceCounts,
  type LeftNow,
  shownDifferences,
  type Staged,
  type StagedDifference,
} from './arrival.ts'
import { paths } from './paths.ts'

/** What came in and what it would do, as its page and its feed's page show it. */
export interface ArrivalShown {
  readonly arrival: Arrival
  readonly counts: { readonly all: DifferenceCounts; readonly waiting: DifferenceCounts }
  readonly problems: number
}

/** The file's name, as its editor had it. */
export function nameOf(t: Words, actor: Actor, { id, name, keyVersion }: Arrival): string {
  const opened =
    name === null || keyVersion === null
      ? ''
      : openParty(actor, keyVersion, 'exchange.arrival', 'name', id, name)
  return typeof opened === 'string' && opened !== '' ? opened : t('exchange.files.nameless')
}

/** What a file was taken for, in words. */
export function formatText(t: Words, format: string | null): string {
  const key = `exchange.format.${format ?? ''}`
  return t.has(key) ? t(key) : t('exchange.format.other', { format: format ?? '' })
}

/** The names of the agency's colleagues. */
export async function namesOf(db: Tx, actor: Actor): Promise<ReadonlyMap<string, string>> {
  return new Map((await members(db, actor)).map((each: Member) => [each.accountId, each.card.name]))
}

/** The records in four, and the kinds of difference, each a link. */
export function ArrivalReport({ t, shown }: { readonly t: Words; readonly shown: ArrivalShown }) {
  const { arrival, counts, problems } = shown
  return (
    <>
      <h2 class="govuk-heading-m">{t('exchange.file.report')}</h2>
      <SummaryList
        compact
        rows={[
          { key: t('exchange.file.imported'), value: t.number(arrival.imported) },
          { key: t('exchange.file.warnings'), value: t.number(arrival.importedWithWarnings) },
          { key: t('exchange.file.held'), value: t.number(arrival.held) },
          { key: t('exchange.file.rejected'), value: t.number(arrival.rejected) },
        ]}
      />
      <p class="govuk-body">
        {problems === 0 ? (
          t('exchange.file.no-problems')
        ) : (
          <a class="govuk-link" href={paths.problems(arrival.id)}>
            {t('exchange.file.problems', { count: problems })}
          </a>
        )}
      </p>
      <h2 class="govuk-heading-m">{t('exchange.file.differences')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {shownDifferences
          .filter((kind) => counts.all[kind] > 0)
          .map((kind) => (
            <li>
              <a class="govuk-link" href={paths.changes(arrival.id, kind)}>
                {t(`exchange.count.${kind}`, { count: counts.all[kind] })}
              </a>
              {decidedText(t, shown, kind)}
            </li>
          ))}
      </ul>
      {counts.all.others === 0 ? null : (
        <p class="govuk-body">{t('exchange.file.others-note', { count: counts.all.others })}</p>
      )}
      {counts.waiting.gone === 0 ? null : <p class="govuk-body">{t('exchange.file.gone-note')}</p>}
      {arrival.hides.length === 0 ? null : (
        <p class="govuk-body">{t('exchange.file.hides-note', { count: arrival.hides.length })}</p>
      )}
    </>
  )
}

/** How many of a kind are decided already. */
function decidedText(t: Words, { counts }: ArrivalShown, kind: StagedDifference): string {
  const decided = counts.all[kind] - counts.waiting[kind]
  return decided === 0 ? '' : t('exchange.file.decided', { count: decided })
}

/** The button that puts everything in. What is gone from a feed is decided one at a time. */
export function ApplyAll({ t, shown }: { readonly t: Words; readonly shown: ArrivalShown }) {
  const { new: fresh, changed, held } = shown.counts.waiting
  const count = fresh + changed
  if (count + held === 0) return <p class="govuk-body">{t('exchange.file.nothing-waits')}</p>
  return (
    <form method="post" action={paths.apply(shown.arrival.id)}>
      {held === 0 ? null : <p class="govuk-body">{t('exchange.file.held-too', { count: held })}</p>}
      <Button>
        {count === 0 ? t('exchange.file.hold', { count: held }) : t('exchange.file.apply', { count })}
      </Button>
    </form>
  )
}

/** The first records, as a preview of how they were read. */
export function FirstRecords({ t, staged }: { readonly t: Words; readonly staged: readonly Staged[] }) {
  if (staged.length === 0) return null
  return (
    <Table
      dense
      caption={t('exchange.file.first')}
      head={[t('exchange.file.name'), t('exchange.file.outcome'), t('exchange.file.would')]}
      rows={staged.map((each) => [
        each.name === '' ? each.path : each.name,
        t(`exchange.outcome.${each.outcome}`),
        t(`exchange.difference.${each.difference}`),
      ])}
    />
  )
}

/** What went into the directory, each with who, when and the way back. */
export function Runs({
  t,
  runs,
  names,
}: {
  readonly t: Words
  readonly runs: readonly (Applied & { readonly arrivalId: string })[]
  readonly names: ReadonlyMap<string, string>
}) {
  if (runs.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{t('exchange.file.runs')}</h2>
      <ul class="app-runs">
        {runs.map((run) => (
          <li class="app-runs__item">
            <p class="govuk-body app-runs__what">
              <strong>{t('exchange.file.run', { count: run.records })}</strong>
              <br />
              {run.byAccount === null
                ? t('exchange.file.by-itself')
                : (names.get(run.byAccount) ?? t('exchange.files.somebody'))}
              , {t.dateTime(run.at)}
            </p>
            {run.undoneAt === null ? (
              <form method="post" action={paths.undo(run.arrivalId)}>
                <Button variant="secondary" name="run" value={run.runId}>
                  {t('exchange.file.undo')}
                  <span class="govuk-visually-hidden">: {t.dateTime(run.at)}</span>
                </Button>
              </form>
            ) : (
              <p class="govuk-body app-muted">
                {t('exchange.file.undone', { when: t.dateTime(run.undoneAt) })}
              </p>
            )}
            <LeftAsIs t={t} left={run.undoneLeft} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What stayed as it is when a run was taken back, each with why. */
function LeftAsIs({ t, left }: { readonly t: Words; readonly left: readonly LeftNow[] }) {
  if (left.length === 0) return null
  return (
    <Details summary={t('exchange.file.left-list', { count: left.length })}>
      <ul class="govuk-list govuk-list--bullet">
        {left.map(({ kind, id, name, why }) => (
          <li>
            {name === null ? (
              t('exchange.file.left-gone')
            ) : kind === 'service' ? (
              <a class="govuk-link" href={directoryPaths.entry(id)}>
                {name}
              </a>
            ) : (
              t('exchange.file.left-organization', { name })
            )}
            : {t(`exchange.left.${why}`)}
          </li>
        ))}
      </ul>
    </Details>
  )
}
