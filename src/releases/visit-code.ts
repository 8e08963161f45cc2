import { randomInt } from 'node:crypto'

/** A code to be said on a call: five figures that find the page, seven that open it. */
export interface VisitCode {
  readonly finder: string
  readonly secret: string
}

const finderLength = 5
const secretLength = 7

/** A new code from the system's random numbers. Figures alone: they are said and heard alike in every language. */
export function newVisitCode(): VisitCode {
  return { finder: figures(finderLength), secret: figures(secretLength) }
}

/** The code as it is read out, four figures at a time. */
export function spokenCode({ finder, secret }: VisitCode): string {
  return (finder + secret).replaceAll(/(\d{4})(?=\d)/g, '$1 ')
}

/** The code as somebody typed it, with spaces or hyphens or without; null when it is not twelve figures. */
export function readVisitCode(typed: string): VisitCode | null {
  const figuresOnly = typed.normalize('NFKC').replaceAll(/[\s.-]/g, '')
  if (!/^\d{12}$/.test(figuresOnly)) return null
  return { finder: figuresOnly.slice(0, finderLength), secret: figuresOnly.slice(finderLength) }
}

function figures(count: number): string {
  return Array.from({ length: count }, () => String(randomInt(10))).join('')
}
