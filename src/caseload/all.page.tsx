import { type Context, Hono } from 'hono'

import { allowBody, fewAtOnce, type MemberEnv, needs } from '#platform/http'
import { Button, DenseList, Details, FileUpload } from '#platform/ui'

import { bringSheet } from './bring.actions.ts'
import { Frame } from './frame.view.tsx'
import { paths, runPath } from './paths.ts'
import { mostBytes, mostLines, undoDays } from './run.ts'
import { runsOf } from './run.store.ts'

const megabyte = 1024 * 1024

export const allPage = new Hono<MemberEnv>()

/** Bring in a sheet, and those brought before. */
allPage.get(paths.all, needs('case:lead'), async (c) => c.html(await view(c, null)))

allPage.post(paths.all, allowBody(mostBytes + 64 * 1024), fewAtOnce(2), needs('case:lead'), async (c) => {
  const form = { body: c.req.raw.body, contentType: c.req.header('content-type') }
  const done = await bringSheet(c.var.db, c.var.actor, form)
  if ('refused' in done) return c.html(await view(c, done.refused), 422)
  return c.redirect(runPath('columns', done.id), 303)
})

async function view(c: Context<MemberEnv>, refused: string | null) {
  const { db, actor, t } = c.var
  const about = { size: mostBytes / megabyte, lines: t.number(mostLines), days: undoDays }
  const errors = refused === null ? undefined : { file: t(`caseload.refused.${refused}`, about) }
  const items = (await runsOf(db, actor)).map((run) => ({
    href: runPath(run.state === 'columns' ? 'columns' : 'run', run.id),
    title: run.name === '' ? t('caseload.nameless') : run.name,
    meta: t('caseload.brought', { date: t.dateTime(run.madeAt) }),
    tag: t(`caseload.state.${run.state}`),
  }))
  return (
    <Frame screen={c.var} title={t('caseload.title')} first errors={errors}>
      <p class="govuk-body">{t('caseload.lead')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {['seen', 'trial', 'contact', 'back'].map((each) => (
          <li>{t(`caseload.how.${each}`, about)}</li>
        ))}
      </ul>
      <form method="post" action={paths.all} enctype="multipart/form-data">
        <FileUpload
          name="file"
          label={t('caseload.file')}
          hint={t('caseload.file-hint', about)}
          error={errors?.file}
          accept=".xlsx,.csv,.tsv,.txt,text/csv"
        />
        <Details summary={t('caseload.csv')}>
          <p class="govuk-body">{t('caseload.csv-text')}</p>
        </Details>
        <Button>{t('caseload.go')}</Button>
      </form>
      <h2 class="govuk-heading-m">{t('caseload.before')}</h2>
      <DenseList items={items} empty={t('caseload.none')} />
    </Frame>
  )
}
