import type { Chance } from './chance.ts'

export function idBy({ in100, below }: Chance, i: number): string | number {
  const hex = () => below(65_536).toString(16).padStart(4, '0')
  if (in100(3)) return 10_000 + i
  if (in100(3)) return `Service ${i}/ä`
  return `${hex()}${hex()}-${hex()}-${hex()}-${hex()}-${hex()}${hex()}${hex()}`
}

export function webBy({ one }: Chance): string {
  return one([
    '',
    '',
    'https://example.org/help',
    'http://example.org',
    'www.example.org',
    'example.org/page',
    'http//www.example.org',
    'see our page',
    'hello@example.org',
    'https://example.org/a https://example.org/b',
  ])
}

export function phoneBy({ one }: Chance): unknown {
  return one([
    '01632 960001',
    '01632 960002 / 07700 900123',
    'Tel: 01632 960003 (office hours)',
    '+44 (0)1632 960004',
    '',
    1_632_960_005,
    'hello@example.org',
    'ask at the desk',
    '01632 960006 ext 12',
  ])
}

export function mailBy({ one }: Chance): string {
  return one([
    '',
    'hello@example.org',
    'mailto:hello@example.org',
    'a@example.org; b@example.org',
    'none',
    'Jo <jo@example.org>',
  ])
}
