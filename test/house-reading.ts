import { parseSync } from 'oxc-parser'
import type { HouseFile } from './house-files.ts'

/** What the house test needs to know of one TypeScript file, read from its syntax tree. */
export interface Reading {
  readonly imports: readonly { readonly from: string; readonly names: readonly string[] }[]
  readonly comments: readonly string[]
  readonly strings: readonly string[]
  readonly functions: readonly { readonly name: string; readonly line: number; readonly lines: number }[]
  readonly calls: readonly { readonly name: string; readonly firstText: string | null }[]
  readonly templates: readonly { readonly tag: string; readonly text: string }[]
  readonly keys: readonly string[]
  readonly oddities: readonly string[]
  readonly acts: readonly string[]
  /** Exported functions without a sentence above them that says what they promise. */
  readonly silent: readonly string[]
  readonly errors: readonly string[]
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] }

const readings = new WeakMap<HouseFile, Reading>()

/** Parses one file, once; a file that does not parse says so in `errors` and is otherwise empty. */
export function readCode(file: HouseFile): Reading {
  const known = readings.get(file)
  if (known) return known
  const reading = parse(file)
  readings.set(file, reading)
  return reading
}

function parse(file: HouseFile): Reading {
  const parsed = parseSync(file.path, file.text)
  const program = parsed.program as unknown as Node
  const reading: Mutable<Reading> = {
    imports: importsOf(program),
    comments: parsed.comments.map((comment) => comment.value),
    strings: [],
    functions: [],
    calls: [],
    templates: [],
    keys: [],
    oddities: [],
    acts: (program['body'] as readonly Node[]).flatMap((statement) => actOf(statement, file.text)),
    silent: silentExports(program, parsed.comments, file.text),
    errors: parsed.errors.map((error) => error.message),
  }
  visit(program, null, (node, parent) => note(node, parent, reading, file.text))
  return reading
}

function importsOf(program: Node): { from: string; names: string[] }[] {
  return (program['body'] as readonly Node[]).flatMap((statement) => {
    const source = statement['source'] as Node | null | undefined
    if (!source) return []
    const names = ((statement['specifiers'] as readonly Node[] | undefined) ?? []).map((specifier) =>
      textAt(specifier['imported'] ?? specifier['local'], 'name'),
    )
    return [{ from: textAt(source, 'value'), names }]
  })
}

function note(node: Node, parent: Node | null, reading: Mutable<Reading>, text: string): void {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      if (!isSuite(parent)) reading.functions.push(functionOf(node, parent, text))
      break
    case 'CallExpression':
      reading.calls.push({ name: calleeName(node['callee'] as Node), firstText: firstTextOf(node) })
      break
    case 'ImportExpression':
      reading.imports.push({ from: textAt(node['source'], 'value'), names: [] })
      break
    case 'TaggedTemplateExpression':
      reading.templates.push({ tag: calleeName(node['tag'] as Node), text: text.slice(node.start, node.end) })
      break
    case 'TemplateElement':
      reading.strings.push((node['value'] as { raw: string }).raw)
      break
    case 'Literal':
      if (typeof node['value'] === 'string') reading.strings.push(node['value'])
      break
    case 'JSXText':
      reading.strings.push(text.slice(node.start, node.end))
      break
    case 'Property':
    case 'PropertyDefinition':
    case 'TSPropertySignature':
      reading.keys.push(textAt(node['key'], 'name') || textAt(node['key'], 'value'))
      break
    default:
      reading.oddities.push(...oddityOf(node))
  }
}

function oddityOf(node: Node): string[] {
  switch (node.type) {
    case 'TSAnyKeyword':
      return ['any']
    case 'ExportDefaultDeclaration':
      return ['default-export']
    case 'ExportAllDeclaration':
      return ['export-all']
    case 'TSEnumDeclaration':
      return ['not-erasable']
    case 'TSModuleDeclaration':
      return node['declare'] === true ? [] : ['not-erasable']
    case 'Decorator':
      return ['decorator']
    case 'ClassDeclaration':
    case 'ClassExpression':
      return isAllowedClass(node) ? [] : ['class']
    default:
      return []
  }
}

function isAllowedClass(node: Node): boolean {
  const parent = node['superClass'] as Node | null
  if (!parent) return false
  const name = textAt(parent, 'name')
  return name.endsWith('Error') || /^HTML\w*Element$/.test(name)
}

function silentExports(
  program: Node,
  comments: readonly { readonly type: string; readonly value: string; readonly end: number }[],
  text: string,
): string[] {
  const sentences = comments.filter((comment) => comment.type === 'Block' && comment.value.startsWith('*'))
  const exported = (program['body'] as readonly Node[]).flatMap((statement) => {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement['declaration'] : null
    if (!isNode(declared) || !/Function$|FunctionDeclaration$/.test(declared.type)) return []
    const said = sentences.some(
      ({ end }) => end <= statement.start && text.slice(end, statement.start).trim() === '',
    )
    return [{ name: textAt(declared['id'], 'name'), said }]
  })
  const said = new Set(exported.filter((each) => each.said).map((each) => each.name))
  return [...new Set(exported.map((each) => each.name))].filter((name) => !said.has(name))
}

function actOf(statement: Node, text: string): string[] {
  if (statement.type.startsWith('Import') || statement.type.startsWith('Export'))
    return topAwait(statement, text)
  if (statement.type.endsWith('Declaration')) return topAwait(statement, text)
  if (statement.type === 'ExpressionStatement' && statement['directive']) return []
  return [text.slice(statement.start, Math.min(statement.end, statement.start + 60)).split('\n')[0] ?? '']
}

function topAwait(statement: Node, text: string): string[] {
  const found: string[] = []
  const walk = (node: Node): void => {
    if (/^(Function|Arrow|Class)/.test(node.type)) return
    if (node.type === 'AwaitExpression')
      found.push(text.slice(node.start, Math.min(node.end, node.start + 60)))
    for (const child of childrenOf(node)) walk(child)
  }
  walk(statement)
  return found
}

function functionOf(node: Node, parent: Node | null, text: string) {
  const name = textAt(node['id'], 'name') || textAt(parent?.['id'] ?? parent?.['key'], 'name')
  const line = text.slice(0, node.start).split('\n').length
  const lines = text.slice(node.start, node.end).split('\n').length
  return { name: name || 'a function', line, lines }
}

/** A describe block groups tests; its length is the file's business, not a function's. */
function isSuite(parent: Node | null): boolean {
  if (parent?.type !== 'CallExpression') return false
  return /^(describe|suite)\b/.test(calleeName(parent['callee'] as Node))
}

function calleeName(callee: Node): string {
  if (callee.type === 'Identifier') return String(callee['name'])
  if (callee.type === 'CallExpression') return calleeName(callee['callee'] as Node)
  if (callee.type !== 'MemberExpression') return ''
  return `${calleeName(callee['object'] as Node)}.${textAt(callee['property'], 'name')}`
}

function firstTextOf(call: Node): string | null {
  const first = (call['arguments'] as readonly Node[])[0]
  return first?.type === 'Literal' && typeof first['value'] === 'string' ? first['value'] : null
}

function visit(node: Node, parent: Node | null, see: (node: Node, parent: Node | null) => void): void {
  see(node, parent)
  for (const child of childrenOf(node)) visit(child, node, see)
}

function childrenOf(node: Node): readonly Node[] {
  return Object.values(node).flatMap((value) => {
    const found = Array.isArray(value) ? (value as readonly unknown[]) : [value]
    return found.filter(isNode)
  })
}

function textAt(node: unknown, key: 'name' | 'value'): string {
  if (!isNode(node)) return ''
  const value = node[key]
  return typeof value === 'string' ? value : ''
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}
