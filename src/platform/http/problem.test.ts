import { expect, test } from 'vitest'

import { allowBody } from './marks.ts'
import { notFound, Problem, problem } from './problem.ts'
import { ask, post, smallApp } from './small-app.fixture.ts'

const lines: string[] = []
const app = smallApp({ lines })
app.get('/people/missing', (c) => notFound(c))
app.get('/people/forbidden', () => {
  throw notFound()
})
app.get('/api/people/missing', (c) => notFound(c))
app.get('/busy', (c) => problem(c, 503, 'busy'))
app.get('/people/:id/broken', () => {
  throw Object.assign(new Error('Robin Example lives at 1 Test Street'), { code: '23505' })
})
app.post('/words', async (c) => c.text(String((await c.req.text()).length)))
app.post('/large', allowBody(600_000), async (c) => c.text(String((await c.req.text()).length)))

test('forbidden, missing and never-was are one answer, byte for byte', async () => {
  const answers = await Promise.all(
    ['/people/missing', '/people/forbidden', '/no/such/route'].map(async (path) => {
      const answer = await ask(app, path)
      return { status: answer.status, headers: [...answer.headers], bytes: await answer.text() }
    }),
  )
  expect(answers[0]?.status).toBe(404)
  expect(answers[1]).toEqual(answers[0])
  expect(answers[2]).toEqual(answers[0])
})

test('a program is told in problem+json', async () => {
  for (const [path, headers] of [
    ['/api/people/missing', {}],
    ['/people/missing', { accept: 'application/json' }],
  ] as const) {
    const answer = await ask(app, path, { headers })
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ status: 404, code: 'missing', title: 'Page not found' })
  }
})

test('a fault says what to do and keeps what it knows to itself', async () => {
  lines.length = 0
  const answer = await ask(app, '/people/canary-77/broken')
  const page = await answer.text()
  expect(answer.status).toBe(500)
  expect(page).toContain('It is our mistake')
  expect(page).toContain(JSON.parse(lines[0] ?? '{}').requestId)
  expect(page).not.toContain('Robin')
  expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ code: '23505', route: '/people/:id/broken' })
  expect(lines.join('')).not.toMatch(/Robin|Test Street|canary/)
})

test('a fault is placed by file and line, unless its message could be mistaken for the stack', async () => {
  const place = async (fault: Error) => {
    const own: string[] = []
    const one = smallApp({ lines: own })
    one.get('/x', () => {
      throw fault
    })
    await ask(one, '/x')
    return JSON.parse(own[0] ?? '{}').at as string | undefined
  }
  expect(await place(new Error('at /src/Robin.ts:1'))).toMatch(/^platform\/http\/problem\.test\.ts:\d+$/)
  const changed = new Error('quiet')
  changed.stack = 'somebody at /src/Robin.ts:1'
  expect(await place(changed)).toBeUndefined()
})

test('other problems keep their own status', async () => {
  expect((await ask(app, '/busy')).status).toBe(503)
  expect(new Problem(400, 'malformed').message).toBe('malformed')
})

test('a body larger than a form is refused, unless its route takes more', async () => {
  const large: [string, string][] = [['a', 'x'.repeat(300_000)]]
  expect((await post(app, '/words', large)).status).toBe(413)
  expect((await post(app, '/large', large)).status).toBe(200)
})
