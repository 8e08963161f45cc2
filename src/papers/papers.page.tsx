import { type Context, Hono } from 'hono'

import { colleaguesOf, fileOf, TaskFrame } from '#people'
import { mayDo } from '#platform/access'
import { inSavepoint } from '#platform/db'
import { allowBody, fewAtOnce, type MemberEnv, needs, notFound, pageOf } from '#platform/http'
import {
  Button,
  DenseList,
  Details,
  EmptyState,
  FileUpload,
  Input,
  NotificationBanner,
  Pagination,
} from '#platform/ui'

import { paperText } from './line.view.ts'
import type { Paper } from './paper.ts'
import { addPaper, papersOf, type PaperRefused } from './paper.actions.ts'
import { paperPath, papersPath, paths } from './paths.ts'

const megabyte = 1024 * 1024
const perPage = 25
/** Files that come in at once: a third of the connections that one server has. */
const atOnce = 4
/** The form around the file takes some octets too. */
const aroundBytes = 64 * 1024

interface Typed {
  readonly title: string
  readonly refused: PaperRefused['refused'] | null
}

/** The papers of a case, and adding one; `most` is the longest file in octets. */
export function papersPage(most: number): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.papers, needs('case:read'), (c) => show(c, most, { title: '', refused: null }))
  page.post(
    paths.papers,
    allowBody(most + aroundBytes),
    fewAtOnce(atOnce),
    needs('case:write'),
    async (c) => {
      const { db, actor } = c.var
      const caseId = c.req.param('id')
      const form = { body: c.req.raw.body, contentType: c.req.header('content-type') }
      const { result } = await inSavepoint(db, async () => {
        const added = await addPaper(db, actor, caseId, form, most)
        return { keep: !('refused' in added), result: added }
      })
      if (!('refused' in result)) return c.redirect(`${papersPath(caseId)}?saved=1`, 303)
      return result.refused === 'no-case' ? notFound(c) : show(c, most, result)
    },
  )
  return page
}

async function show(c: Context<MemberEnv>, most: number, typed: Typed) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const number = pageOf(c.req.query('page'))
  const { papers, total } = await papersOf(db, file.key, { limit: perPage, offset: (number - 1) * perPage })
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  const size = most / megabyte
  const errors = typed.refused === null ? undefined : { file: t(`papers.refused.${typed.refused}`, { size }) }
  return c.html(
    <TaskFrame screen={c.var} file={file} title={t('papers.title')} lead={t('papers.lead')} errors={errors}>
      {c.req.query('saved') === undefined ? null : (
        <NotificationBanner kind="success">
          <p class="govuk-notification-banner__heading">{t('papers.saved')}</p>
        </NotificationBanner>
      )}
      {mayDo(actor.roles, 'case:write') ? (
        <form method="post" action={papersPath(file.caseId)} enctype="multipart/form-data">
          <Input
            name="title"
            label={t('papers.what')}
            hint={t('papers.what-hint')}
            value={typed.title}
            width="two-thirds"
          />
          <FileUpload
            name="file"
            label={t('papers.file')}
            hint={t('papers.hint', { size })}
            error={errors?.file}
          />
          <Details summary={t('papers.about')}>
            <p class="govuk-body">{t('papers.about-pictures')}</p>
            <p class="govuk-body">{t('papers.about-others')}</p>
          </Details>
          <Button>{t('papers.add')}</Button>
        </form>
      ) : null}
      {total === 0 ? (
        <EmptyState title={t('papers.empty')} />
      ) : (
        <PaperList c={c} caseId={file.caseId} papers={papers} names={names} />
      )}
      <Pagination
        page={number}
        pages={Math.ceil(total / perPage)}
        href={(n) => `${papersPath(file.caseId)}?page=${n}`}
      />
    </TaskFrame>,
    typed.refused === null ? 200 : 422,
  )
}

function PaperList(p: {
  readonly c: Context<MemberEnv>
  readonly caseId: string
  readonly papers: readonly Paper[]
  readonly names: ReadonlyMap<string, string>
}) {
  const { t, actor } = p.c.var
  const mayRemove = mayDo(actor.roles, 'case:write')
  const items = p.papers.map((paper) => ({
    href: paperPath('paper', p.caseId, paper.id),
    title: paper.title,
    meta: t('papers.line', {
      what: paperText(t, paper),
      who: p.names.get(paper.authorId) ?? t('people.notes.gone'),
      when: t.dateTime(paper.addedAt),
    }),
    tag: mayRemove ? (
      <a class="govuk-link govuk-body" href={paperPath('remove', p.caseId, paper.id)}>
        {t('papers.remove')}
        <span class="govuk-visually-hidden"> {paper.title}</span>
      </a>
    ) : undefined,
  }))
  return (
    <section aria-labelledby="kept">
      <h2 class="govuk-heading-m" id="kept">
        {t('papers.kept')}
      </h2>
      <DenseList items={items} empty="" />
      <p class="govuk-body app-muted">{t('papers.saves')}</p>
    </section>
  )
}
