import { Hono } from 'hono'
import { z } from 'zod'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { paths, routePaths } from './paths.ts'
import { followFile } from './set-here.actions.ts'
import { fieldsSetHere } from './set-here.ts'

const Form = z.object({ field: z.enum(fieldsSetHere) })

export const setHerePage = new Hono<MemberEnv>()

/** Gives one part of an entry back to the file that it came from. */
setHerePage.post(routePaths.setHere, needs('directory:edit'), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return notFound(c)
  const id = c.req.param('id')
  const done = await followFile(c.var.db, c.var.actor, id, form.data.field)
  return 'refused' in done ? notFound(c) : c.redirect(paths.entry(id), 303)
})
