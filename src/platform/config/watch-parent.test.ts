import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { expect, test } from 'vitest'

const watching = `
  const { watchParent } = await import(${JSON.stringify(path.join(import.meta.dirname, 'watch-parent.ts'))})
  setInterval(() => {}, 1000)
  watchParent(process.env, () => { console.log('gone'); process.exit(0) })
  console.log('watching')`

test('a server that npm started ends when npm is killed', async () => {
  const { parent, said } = await family({ npm_lifecycle_event: 'start' })
  parent.kill('SIGKILL')
  expect(await said()).toBe('watching\ngone\n')
})

test('a server that a service manager or shell started outlives it', async () => {
  const { parent, said, child } = await family({})
  parent.kill('SIGKILL')
  setTimeout(() => process.kill(child, 'SIGTERM'), 1200)
  expect(await said()).toBe('watching\n')
})

/** A parent with a watching child that writes to the same pipe. */
async function family(env: Record<string, string>) {
  const starting = `
    const { spawn } = await import('node:child_process')
    const child = spawn(process.execPath, ['--input-type=module', '--eval', process.argv[1]], { stdio: ['ignore', 'inherit', 'inherit'] })
    console.error(child.pid)
    setInterval(() => {}, 1000)`
  const { npm_lifecycle_event: _, ...clean } = process.env
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', starting, watching], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...clean, ...env },
  })
  let text = ''
  parent.stdout.on('data', (chunk) => (text += String(chunk)))
  const closed = once(parent.stdout, 'close')
  const spoke = once(parent.stdout, 'data')
  const [child] = await once(parent.stderr, 'data')
  await spoke
  return { parent, child: Number(String(child)), said: async () => (await closed, text) }
}
