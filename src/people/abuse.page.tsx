import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { fieldErrors, type MemberEnv, needs, notFound, readPosted } from '#platform/http'
import { Radios, Select, Timeline } from '#platform/ui'

import { abuseStates, type AbuseStatus } from './abuse.ts'
import { withStatus } from './abuse.rules.ts'
import { roleSources } from './card.ts'
import type { CaseFile } from './case.ts'
import { savedText, type Screen, TaskFrame } from './frame.view.tsx'
import { casePath, paths } from './paths.ts'
import { type Boxes, postedBoxes, RememberedInput } from './remembered.view.tsx'
import { SaveButtons } from './save.view.tsx'
import { saveStory } from './sheet.actions.ts'
import { abuseLines } from './story.view.ts'
import { fileOf } from './task.ts'
import { boxesOf, rememberedFrom } from './when.rules.ts'

const dates = ['from', 'until', 'lastKnown'] as const
const Form = z.object({
  state: z.enum(abuseStates, 'people.abuse.state-missing'),
  source: z.enum(roleSources).default('said-so'),
  words: z.string().max(1000, 'people.strengths.too-long').default(''),
})

interface Typed {
  readonly state: string
  readonly source: string
  readonly words: string
  readonly boxes: Readonly<Record<(typeof dates)[number], Boxes>>
  readonly version: number
}

/** How the abuse is now: what changes is added, and what was said before stays below. */
export const abusePage = new Hono<MemberEnv>()

abusePage.get(paths.abuse, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  return file === null ? notFound(c) : c.html(<AbuseTask screen={c.var} file={file} typed={standing(file)} />)
})

abusePage.post(paths.abuse, needs('case:write'), askOnce, async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { typed, status, errors } = await read(c)
  if (status === null)
    return c.html(<AbuseTask screen={c.var} file={file} typed={typed} errors={errors} />, 422)
  const at = { caseId: file.caseId, version: typed.version }
  const saved = await saveStory(c.var.db, c.var.actor, at, 'abuse', withStatus(file.story.abuse, status))
  if (!('refused' in saved)) return c.redirect(`${casePath('case', file.caseId)}?saved=1`, 303)
  if (saved.refused === 'no-case') return notFound(c)
  const again = { ...typed, version: file.sheets.abuse.version }
  return c.html(<AbuseTask screen={c.var} file={file} typed={again} conflict />, 409)
})

async function read(c: Context<MemberEnv>) {
  const { t } = c.var
  const posted = await readPosted(c)
  const text = (name: string) => {
    const value = posted.get(name)?.[0]
    return typeof value === 'string' ? value.trim() : ''
  }
  const boxes = {
    from: postedBoxes(posted, 'from'),
    until: postedBoxes(posted, 'until'),
    lastKnown: postedBoxes(posted, 'lastKnown'),
  }
  const version = Number(text('version'))
  const typed: Typed = {
    state: text('state'),
    source: text('source'),
    words: text('words'),
    boxes,
    version: Number.isInteger(version) ? version : 0,
  }
  const form = Form.safeParse({ ...typed, source: typed.source || undefined })
  const errors: Record<string, string> = form.success ? {} : { ...fieldErrors(t, form.error) }
  const on = Temporal.Now.plainDateISO(t.timeZone).toString()
  const when = { from: '', until: '', lastKnown: '' }
  for (const name of dates) {
    const read = rememberedFrom(boxes[name])
    if (typeof read !== 'string') errors[name] = t('people.when.wrong')
    else if (read > on) errors[name] = t('people.when.future')
    else when[name] = read
  }
  if (typed.state === 'ended' && when.until === '' && errors['until'] === undefined)
    errors['until'] = t('people.abuse.until-missing')
  if (!form.success || Object.keys(errors).length > 0) return { typed, status: null, errors }
  const until = typed.state === 'ended' ? when.until : ''
  return { typed, status: { ...form.data, ...when, until, value: null, on } satisfies AbuseStatus, errors }
}

function standing(file: CaseFile): Typed {
  const [newest] = file.story.abuse
  const boxes = (name: (typeof dates)[number]) => boxesOf(newest?.[name] ?? '')
  return {
    state: newest?.state ?? '',
    source: newest?.source ?? 'said-so',
    words: '',
    boxes: { from: boxes('from'), until: boxes('until'), lastKnown: boxes('lastKnown') },
    version: file.sheets.abuse.version,
  }
}

function AbuseTask(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly typed: Typed
  readonly errors?: Readonly<Record<string, string>>
  readonly conflict?: boolean
}) {
  const { t } = p.screen
  const { file, typed, errors = {} } = p
  const [newest] = file.story.abuse
  const when = (name: (typeof dates)[number], hint?: string) => (
    <RememberedInput
      t={t}
      name={name}
      legend={t(`people.abuse.${name}`)}
      hint={hint}
      value={typed.boxes[name]}
      error={errors[name]}
    />
  )
  return (
    <TaskFrame
      screen={p.screen}
      file={file}
      title={t('people.abuse.title')}
      lead={t('people.abuse.lead')}
      errors={p.errors}
      conflict={p.conflict ? savedText(t, newest === undefined ? [] : abuseLines(t, newest)) : undefined}
    >
      <form method="post" action={casePath('abuse', file.caseId)} novalidate>
        <input type="hidden" name="version" value={String(typed.version)} />
        <Radios
          name="state"
          legend={t('people.abuse.state')}
          value={typed.state}
          error={errors['state']}
          small
          items={abuseStates.map((state) => ({
            value: state,
            text: t(`people.abuse.state-${state}`),
            ...(state === 'ended' ? { conditional: when('until', t('people.when.hint')) } : {}),
          }))}
        />
        {when('from', t('people.when.hint'))}
        {when('lastKnown')}
        <Select
          name="source"
          label={t('people.card.source')}
          value={typed.source}
          items={roleSources.map((source) => ({ value: source, text: t(`people.source.${source}`) }))}
        />
        <AboutText
          t={t}
          name="words"
          label={t('people.abuse.words')}
          value={typed.words}
          error={errors['words']}
          rows={2}
        />
        <SaveButtons t={t} caseId={file.caseId} />
      </form>
      <Before t={t} file={file} />
    </TaskFrame>
  )
}

/** Every status that was written down. */
function Before({ t, file }: { readonly t: Screen['t']; readonly file: CaseFile }) {
  const { abuse } = file.story
  if (abuse.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{t('people.abuse.before')}</h2>
      <Timeline
        items={abuse.map((status) => ({
          when: t.date(status.on),
          machineTime: status.on,
          what: abuseLines(t, status).slice(0, -1).join(' · '),
          who: t(`people.source.${status.source}`),
        }))}
      />
    </section>
  )
}
