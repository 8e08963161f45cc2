import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importDirectory, serviceByCode, servicesForMatching } from '#directory'
import { findServices } from '../../src/directory/find.store.ts'
import { type Asker, askerOf, directoryWorld, type DirectoryWorld } from './served.ts'

let at: DirectoryWorld
let ask: Asker

beforeAll(async () => {
  at = await directoryWorld(3000)
  ask = askerOf(at)
})
afterAll(() => at.world.close())

async function entry(code: string) {
  const service = await at.world.owner.transaction().execute((db) => serviceByCode(db, code))
  if (service === null) throw new Error('no such entry')
  return service
}

async function rowsOf<T>(query: ReturnType<typeof sql>): Promise<readonly T[]> {
  return (await at.world.owner.transaction().execute((db) => query.execute(db))).rows as T[]
}

async function lastChange(id: string) {
  const rows = await rowsOf<{ what: string; why: string; fields: { field: string }[] }>(
    sql`select what, why, fields from directory.change where service_id = ${id} order by id desc limit 1`,
  )
  return { ...rows[0], fields: rows[0]?.fields.map((each) => each.field) }
}

async function found(words: string): Promise<readonly string[]> {
  const any = { need: '', place: '', miles: 25, language: '', age: '', access: '', page: 1 }
  const page = await at.world.owner.transaction().execute((db) => findServices(db, { ...any, words }, 'uk'))
  return page.found.map((each) => each.service.id)
}

const way = 'Come to 14 Sycamore Rise'

/** The page of what an entry is, as it stands. */
async function stands(code: string) {
  const { id, name, description, needs, eligibilityText, alert, status } = await entry(code)
  const fields = {
    name,
    other: code,
    description,
    needs: needs[0] ?? '',
    eligibility: eligibilityText ?? '',
    alert: alert ?? '',
    status,
    why: '',
  }
  return { id, page: `/listing/${id}/about`, fields }
}

const works = { self: 'yes', consultation: 'no', remote: 'unknown', languages: '', areas: '', why: '' }

test('an editor says what a service is; what is wrong stands at its field and nothing typed is lost', async () => {
  const { id, page, fields } = await stands('N11')
  const wrong = await ask(page, at.editor, {
    ...fields,
    name: ' ',
    alert: 'x'.repeat(1001),
    description: 'We listen.\r\nWe wait.',
    why: 'Asked them',
  })
  expect(wrong.status).toBe(422)
  for (const part of ['href="#name"', 'href="#alert"', 'We listen.', 'We wait.', 'value="Asked them"'])
    expect(wrong.html).toContain(part)
  const sent = {
    ...fields,
    name: 'Marigold line',
    description: 'We listen.\r\nWe wait.',
    needs: 'legal',
    eligibility: 'Anybody from the valley',
    alert: 'We move in May.',
    why: 'Asked them',
  }
  expect((await ask(page, at.editor, sent)).to).toBe(`/listing/${id}?saved=1`)
  const { html } = await ask(`/services/${id}`)
  for (const line of ['<h1', 'Marigold line', '>We listen.</p>', '>We wait.</p>', 'We move in May.', 'court'])
    expect(html, line).toContain(line)
  expect(await found('marigold')).toEqual([id])
  expect(await found('valley')).toContain(id)
  expect(await lastChange(id)).toEqual({
    what: 'about',
    why: 'Asked them',
    fields: ['alert', 'description', 'eligibility_text', 'name', 'needs'],
  })
  const history = (await ask(`/listing/${id}/history`, at.editor)).html
  for (const line of ['What it is', 'Why: Asked them', 'Marigold line']) expect(history).toContain(line)
  expect((await ask(`/listing/${id}`, at.editor)).html).toContain('5 parts were set here')
  const before = await lastChange(id)
  expect((await ask(page, at.editor, { ...sent, why: 'Again' })).status).toBe(303)
  expect(await lastChange(id)).toEqual(before)
  expect((await ask(page, at.worker)).status).toBe(404)
  expect((await ask(page, at.worker, sent)).status).toBe(404)
})

test('a closed entry is found by nobody and in no menu, its page is gone, and an editor can open it again', async () => {
  const { id, page, fields } = await stands('N11')
  const matched = async () => {
    const system = await at.world.owner.transaction().execute((db) => servicesForMatching(db))
    return system.services.some((each) => each.id === id)
  }
  expect([(await found('marigold')).length, await matched()]).toEqual([1, true])
  expect((await ask(page, at.editor)).html).toContain(
    'Referrals that went to it before do not end by themselves',
  )
  for (const status of ['inactive', 'defunct']) {
    expect((await ask(page, at.editor, { ...fields, status })).status).toBe(303)
    expect([await found('marigold'), await matched()]).toEqual([[], false])
    expect((await ask(`/services/${id}`)).status).toBe(404)
    const own = (await ask(`/listing/${id}`, at.editor)).html
    expect([own.includes('This entry is off the list'), own.includes(`href="/services/${id}"`)]).toEqual([
      true,
      false,
    ])
  }
  expect((await ask(`/listing/${id}/history`, at.editor)).html).toContain('Closed for good')
  expect((await ask(page, at.editor, { ...fields, status: 'temporarily closed' })).status).toBe(303)
  expect((await ask(`/services/${id}`)).html).toContain('This service is closed for now')
  expect([(await found('marigold')).length, await matched()]).toEqual([1, true])
})

test.each(['name', 'other', 'description', 'eligibility', 'alert'])(
  'of a secret entry %s takes no address',
  async (field) => {
    const { page, fields } = await stands('N12')
    expect((await ask(page, at.editor)).html).toContain('Write no address in any of these')
    const refused = await ask(page, at.editor, { ...fields, [field]: way, why: 'Moved' })
    expect([refused.status, refused.html.includes('Please take the address out')]).toEqual([422, true])
    for (const kept of [`href="#${field}"`, way, 'value="Moved"']) expect(refused.html).toContain(kept)
  },
)

test.each(['languages', 'areas'])('of a secret entry %s of how it works takes no address', async (field) => {
  const { id } = await stands('N12')
  const refused = await ask(`/listing/${id}/works`, at.editor, { ...works, [field]: way })
  expect([refused.status, refused.html.includes('Please take the address out')]).toEqual([422, true])
  expect(refused.html).toContain(`href="#${field}"`)
})

test.each(['name', 'other'])(
  'an entry that survivors find takes no %s that speaks of people who use abuse, nor their need',
  async (field) => {
    const { id, page, fields } = await stands('N07')
    await rowsOf(sql`update directory.organization set party_id = null where id =
      (select organization_id from directory.service where id = ${id})`)
    const refused = await ask(page, at.editor, { ...fields, [field]: 'Perpetrator programme' })
    expect([refused.status, refused.html.includes('Those are listed apart')]).toEqual([422, true])
    expect(refused.html).toContain(`href="#${field}"`)
    expect(refused.html).not.toContain('value="change-behaviour"')
    expect((await ask(page, at.editor, { ...fields, needs: 'change-behaviour' })).status).toBe(303)
    expect((await entry('N07')).needs).not.toContain('change-behaviour')
  },
)

test('an editor says how a service works; a word that is no language stands at its field', async () => {
  const { id } = await stands('N11')
  const page = `/listing/${id}/works`
  const sent = {
    self: 'no',
    consultation: 'yes',
    remote: 'yes',
    languages: 'polish\r\nEnglish\r\nDari\r\nElvish',
    areas: 'Upper Northmere\r\nThe Fells\r\nThe Fells',
    gender: 'woman',
    models: 'multigenerational',
    why: 'Rang them',
  }
  const wrong = await ask(page, at.editor, sent)
  expect([wrong.status, wrong.html.includes('We do not know “Elvish” as a language')]).toEqual([422, true])
  for (const kept of ['href="#languages"', 'polish', 'Upper Northmere', 'value="Rang them"'])
    expect(wrong.html).toContain(kept)
  const right = { ...sent, languages: sent.languages.replace('\r\nElvish', '') }
  expect((await ask(page, at.editor, right)).status).toBe(303)
  const service = await entry('N11')
  expect(service).toMatchObject({ selfReferral: false, consultation: true })
  expect(service.wishes).toMatchObject({
    remote: true,
    areas: ['Upper Northmere', 'The Fells'],
    workerGender: ['woman'],
    models: ['multigenerational'],
  })
  expect([...service.wishes.languages].toSorted()).toEqual(['en', 'fa-af', 'pl'])
  expect(await found('fells')).toContain(id)
  const { html } = await ask(`/services/${id}`)
  for (const line of [
    'Polish',
    'Dari',
    'A worker or a doctor asks for you',
    'several generations together',
    'The Fells',
  ])
    expect(html, line).toContain(line)
  expect(await lastChange(id)).toMatchObject({ what: 'works', why: 'Rang them' })
  const before = await lastChange(id)
  expect((await ask(page, at.editor, { ...right, languages: 'Dari\nPolish\nEnglish' })).status).toBe(303)
  expect(await lastChange(id)).toEqual(before)
  expect((await ask(page, at.worker)).status).toBe(404)
})

test('what a file brought and we have no word for can stay; nothing else can be made up', async () => {
  const { id } = await stands('N11')
  await rowsOf(sql`update directory.service set languages = array['urdu and more'], models = array['by-post'],
    worker_gender = array['anybody'] where id = ${id}`)
  const shown = (await ask(`/listing/${id}/works`, at.editor)).html
  for (const part of ['urdu and more', 'By post', 'Anybody']) expect(shown).toContain(part)
  const sent = { ...works, languages: 'urdu and more', models: 'by-post', gender: 'robot' }
  expect((await ask(`/listing/${id}/works`, at.editor, sent)).status).toBe(303)
  expect((await entry('N11')).wishes).toMatchObject({
    languages: ['urdu and more'],
    models: ['by-post'],
    workerGender: [],
  })
})

test('work with people who use abuse is warned of times and places, asked of no groups, and keeps what it has', async () => {
  const file = JSON.stringify([
    {
      id: 'turn-s',
      name: 'Turning Point Row',
      alternate_name: 'TURN-1',
      status: 'active',
      description: '',
      organization: { id: 'turn-o', name: 'Turning', description: '' },
      attributes: [
        { value: 'for-people-using-abuse', taxonomy_term: { taxonomy: 'anydoor-kind', code: 'kind' } },
        { value: 'group', taxonomy_term: { taxonomy: 'anydoor-wish', code: 'model' } },
      ],
    },
  ])
  await at.world.owner.transaction().execute((db) => importDirectory(db, file))
  const { id, page, fields } = await stands('TURN-1')
  const about = (await ask(page, at.editor)).html
  expect(about).toContain('they would tell when and where a group meets')
  expect(about).toContain('value="change-behaviour"')
  expect((await ask(`/listing/${id}/works`, at.editor)).html).not.toContain('name="models"')
  expect((await ask(`/listing/${id}/works`, at.editor, { ...works, models: 'one-to-one' })).status).toBe(303)
  expect((await entry('TURN-1')).wishes.models).toEqual(['group'])
  const named = { ...fields, name: 'Work with perpetrators', needs: 'change-behaviour' }
  expect((await ask(page, at.editor, named)).status).toBe(303)
  expect(await found('perpetrators')).toEqual([])
})
