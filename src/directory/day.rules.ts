const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * The day that a text names, as YYYY-MM-DD, or null. `03/04/2026` is two days, depending on where one lives, and so none;
 * `dayFirst` is for files that come from where the day stands first.
 */
export function dayIn(text: string, dayFirst = false): string | null {
  const given = text.trim()
  const iso = /^(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)(?!\d)/.exec(given)
  if (iso !== null) return inCalendar(iso[1], iso[2], iso[3])
  const figures = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?!\d)/.exec(given)
  if (figures !== null) {
    const [first, second] = [Number(figures[1]), Number(figures[2])]
    if (first > 12 || dayFirst || first === second) return inCalendar(figures[3], second, first)
    return second > 12 ? inCalendar(figures[3], first, second) : null
  }
  const words =
    /^(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3})[a-z]{0,6}\.?,?[ -](\d{4})(?!\d)/i.exec(given)
  if (words !== null) return inCalendar(words[3], monthOf(words[2]), words[1])
  const american = /^([a-z]{3})[a-z]{0,6}\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)/i.exec(given)
  return american === null ? null : inCalendar(american[3], monthOf(american[1]), american[2])
}

function monthOf(name: string | undefined): number {
  return months.indexOf((name ?? '').toLowerCase()) + 1
}

function inCalendar(
  year: string | undefined,
  month: string | number | undefined,
  day: string | number | undefined,
): string | null {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const at = new Date(`${text}T00:00:00Z`)
  if (!/^(19|2\d)/.test(text) || Number.isNaN(at.getTime())) return null
  return at.toISOString().slice(0, 10) === text ? text : null
}
