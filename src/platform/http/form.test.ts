import { expect, test } from 'vitest'
import { z } from 'zod'

import { dateField } from './form-fields.ts'
import { type FormResult, readForm } from './form.ts'
import { ask, post, smallApp } from './small-app.fixture.ts'

const Everything = z.object({
  name: z.string().min(1, 'http.form.missing').max(10),
  note: z.string().optional(),
  needs: z.array(z.enum(['home', 'money'])).min(1, 'http.form.choose'),
  door: z.enum(['left', 'right']),
  weeks: z.coerce.number().int().max(52),
  born: dateField(),
  until: dateField().optional(),
  email: z.email().optional(),
})

async function read<S extends z.ZodType>(schema: S, fields: [string, string][], asTyped: string[] = []) {
  const app = smallApp()
  let result: FormResult<z.output<S>> | undefined
  app.post('/form', async (c) => {
    result = await readForm(c, schema, { asTyped })
    return c.text('', result.ok ? 200 : 422)
  })
  const { status } = await post(app, '/form', fields)
  return { status, result }
}

const good: [string, string][] = [
  ['name', '  Sam '],
  ['note', '  '],
  ['needs', 'home'],
  ['door', 'left'],
  ['weeks', '6'],
  ['born-day', '27'],
  ['born-month', '3'],
  ['born-year', '1999'],
  ['until-day', ''],
  ['until-month', ''],
  ['until-year', ''],
  ['email', ''],
]

test('a good form comes back typed: trimmed, arrays as arrays, empty optional fields absent', async () => {
  const { result } = await read(Everything, good)
  expect(result).toEqual({
    ok: true,
    data: { name: 'Sam', needs: ['home'], door: 'left', weeks: 6, born: '1999-03-27' },
  })
})

test('every wrong field has one sentence, and nothing typed is lost', async () => {
  const typed: [string, string][] = [
    ['name', ' much too long a name '],
    ['needs', 'moon'],
    ['needs', 'home'],
    ['weeks', 'six'],
    ['born-day', '31'],
    ['born-month', '2'],
    ['born-year', '1999'],
    ['email', 'nobody'],
    ['extra', 'line one\r\nline two\0'],
  ]
  const { result } = await read(Everything, typed)
  expect(result).toEqual({
    ok: false,
    errors: {
      name: 'Use 10 characters or fewer',
      needs: 'Choose one of the answers',
      door: 'Choose one of the answers',
      weeks: 'Write this as a number, like 12',
      born: 'Write a real date, like 27 3 2026',
      email: 'Write an email address, like name@example.org',
    },
    values: {
      name: ' much too long a name ',
      needs: ['moon', 'home'],
      weeks: 'six',
      'born-day': '31',
      'born-month': '2',
      'born-year': '1999',
      email: 'nobody',
      extra: 'line one\nline two',
    },
  })
})

test('an empty form is told what is missing', async () => {
  const { result } = await read(Everything, [])
  expect(result).toMatchObject({
    errors: {
      name: 'Answer this question',
      needs: 'Choose one of the answers',
      weeks: 'Write this as a number, like 12',
      born: 'Answer this question',
    },
  })
  const { result: half } = await read(z.object({ weeks: z.coerce.number().int() }), [['weeks', '1.5']])
  expect(half).toMatchObject({ errors: { weeks: 'Write a whole number, like 12' } })
})

test('the schema words its own refusals, for one field and for the whole', async () => {
  const schema = z
    .object({ a: z.string(), b: z.string() })
    .refine((form) => form.a === form.b, { error: 'http.problem.conflict.title', path: ['b'] })
    .refine(() => false, 'http.problem.busy.title')
  const { result } = await read(schema, [
    ['a', '1'],
    ['b', '2'],
  ])
  expect(result).toMatchObject({
    errors: { b: 'Somebody was here first', form: 'Please try again in a minute' },
  })
})

test('a password keeps its blanks', async () => {
  const schema = z.object({ password: z.string() })
  const { result } = await read(schema, [['password', ' two words ']], ['password'])
  expect(result).toMatchObject({ data: { password: ' two words ' } })
})

test('a choice between forms reads every form it may be', async () => {
  const schema = z.discriminatedUnion('act', [
    z.object({ act: z.literal('accept'), on: dateField() }),
    z.object({ act: z.literal('decline'), reasons: z.array(z.string()).min(1) }),
  ])
  const { result } = await read(schema, [
    ['act', 'decline'],
    ['reasons', 'full'],
  ])
  expect(result).toMatchObject({ data: { act: 'decline', reasons: ['full'] } })
})

test('sly field names are only names', async () => {
  const { result } = await read(z.object({ a: z.string() }), [['__proto__', 'x']])
  expect(result?.ok).toBe(false)
  expect(({} as Record<string, unknown>)['x']).toBeUndefined()
})

test('files come through, and a file box left alone is absent', async () => {
  const app = smallApp()
  app.post('/form', async (c) => {
    const form = await readForm(c, z.object({ file: z.file().optional(), note: z.string() }))
    return c.text(form.ok ? String(form.data.file?.size ?? 'none') : 'bad', form.ok ? 200 : 422)
  })
  const send = (file: File) => {
    const body = new FormData()
    body.append('file', file)
    body.append('note', 'x')
    return ask(app, '/form', { method: 'POST', body })
  }
  expect(await (await send(new File(['abc'], 'list.json'))).text()).toBe('3')
  expect(await (await send(new File([], ''))).text()).toBe('none')
})

test('a body that is no form is told, not crashed', async () => {
  const app = smallApp()
  app.post('/form', async (c) => {
    await readForm(c, Everything)
    return c.text('read')
  })
  const headers = { 'content-type': 'multipart/form-data; boundary=x' }
  expect((await ask(app, '/form', { method: 'POST', body: 'nonsense', headers })).status).toBe(400)
  expect((await ask(app, '/form', { method: 'POST', body: '{}' })).status).toBe(400)
})
