import { paths as casePaths } from '#people'

/** Addresses of the diary. They hold ids and nothing that tells. */
export const paths = {
  diary: '/diary',
  everyone: '/diary/everyone',
  away: '/diary/away',
  task: '/diary/tasks/:task',
  ofCase: '/cases/:id/diary',
  add: '/cases/:id/diary/new',
  entry: '/cases/:id/diary/:entry',
  theirs: '/cases/:id/diary/:entry/theirs',
  calendar: '/cases/:id/diary/:entry/calendar',
  handing: casePaths.handing,
  closing: casePaths.closing,
} as const

type CasePath = 'ofCase' | 'add' | 'entry' | 'theirs' | 'calendar' | 'handing' | 'closing'

/** An address of one case, and of one entry in it where it names one. */
export function diaryPath(page: CasePath, caseId: string, entryId = ''): string {
  return paths[page].replace(':id', caseId).replace(':entry', entryId)
}

/** The address of one's own task. */
export function taskPath(id: string): string {
  return paths.task.replace(':task', id)
}

/** The part of a diary that is looked at: from which day, a day or a week, whose, and the page of a long list. */
export interface DiaryAt {
  readonly from: string
  readonly view: 'day' | 'week'
  readonly who: string | null
  readonly page: number
}

/** The address of a part of a diary. */
export function diaryAt(at: DiaryAt): string {
  const query = new URLSearchParams({ from: at.from, view: at.view })
  if (at.who !== null) query.set('who', at.who)
  if (at.page > 1) query.set('page', String(at.page))
  return `${paths.diary}?${query.toString()}`
}
