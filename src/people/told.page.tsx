import { Hono } from 'hono'

import { type MemberEnv, needs, notFound, readPosted } from '#platform/http'

import { casePath, paths } from './paths.ts'
import { answerFromTold, type ToldChoice } from './told.actions.ts'

const pages = ['situation', 'accessNeeds', 'contact'] as const

export const toldPage = new Hono<MemberEnv>()

/** What became of the offers on a page: used with its source, or asked again, which is counted and then asked. */
toldPage.post(paths.told, needs('case:write'), async (c) => {
  const posted = await readPosted(c)
  const texts = (name: string) => (posted.get(name) ?? []).filter((each) => typeof each === 'string')
  const caseId = c.req.param('id')
  const questions = texts('question')
  const choices = questions.flatMap((question, at): readonly ToldChoice[] => {
    const act = texts(`act-${question}`)[0]
    const source = texts('source')[at] ?? ''
    return act === 'use' || act === 'again' ? [{ question, source, act }] : []
  })
  const done = await answerFromTold(c.var.db, c.var.actor, caseId, choices.slice(0, 40))
  if ('refused' in done) return notFound(c)
  const page = pages.find((each) => each === texts('page')[0]) ?? 'situation'
  const again = done.again.length === 0 ? '' : `?asking=${done.again.join(',')}`
  return c.redirect(`${casePath(page, caseId)}${again}`, 303)
})
