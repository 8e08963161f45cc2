import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPool, type Pool } from '#platform/db'
import { freshDatabase, type FreshDatabase } from '../database.ts'
import { bring } from './bringing.ts'
import { standardsFolder } from './standards.ts'

let database: FreshDatabase
let owner: Pool

beforeAll(async () => {
  database = await freshDatabase()
  owner = openPool(database.ownerUrl, 2)
})

afterAll(async () => {
  await owner.destroy()
  await database.close()
})

const folder = standardsFolder()
const example = () =>
  readFileSync(path.join(folder ?? '', 'oruk', '1.0', 'examples', 'services-page.synthetic.json'), 'utf8')

test.skipIf(folder === null)(
  'a page of Open Referral UK 1.0: three in, two of them with warnings, one held for a person',
  async () => {
    const report = await bring(owner, example())
    expect(report).toMatchObject({ imported: 0, importedWithWarnings: 2, held: 1, rejected: 0 })
    expect(report.records.map((each) => [each.path, each.outcome])).toEqual([
      ['content[0]', 'imported-with-warnings'],
      ['content[1]', 'held'],
      ['content[2]', 'imported-with-warnings'],
    ])
    expect(report.records[1]?.problems.map((each) => `${each.at} ${each.rule}`)).toEqual([
      'content[1].name name-missing',
      'content[1].organization organisation-missing',
      'content[1].description html-removed',
    ])
    const stored = await sql<{ name: string; description: string; url: string; organization: string }>`
      select s.name, s.description, s.url, o.name as organization from directory.service s
      join directory.organization o on o.id = s.organization_id order by s.name`.execute(owner)
    expect(stored.rows).toEqual([
      {
        name: 'Harbour Lane Outreach',
        description:
          'Advice and outreach for adults experiencing domestic abuse. Call first.\n\nText-only contact on request.',
        url: 'https://harbourlane.example.org/',
        organization: 'Harbour Lane',
      },
      {
        name: 'Talking Room counselling',
        description: 'Counselling for adults & young people aged 14+. Self-referral.',
        url: 'https://talkingroom.example.org/',
        organization: 'Talking Room CIC',
      },
    ])
  },
)
