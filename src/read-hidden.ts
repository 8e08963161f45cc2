import { text } from 'node:stream/consumers'

const [ENTER, LINE, BACK, DELETE, BREAK, END] = ['\r', '\n', '\b', '\u007F', '\u0003', '\u0004']

/** A secret from standard input: all of it, or from a terminal one line that is not shown; null when it was broken off. */
export async function readHidden(prompt: string): Promise<string | null> {
  const { stdin, stderr } = process
  if (!stdin.isTTY) return text(stdin)
  stderr.write(prompt)
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  try {
    return await typedLine(stdin)
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    stderr.write('\n')
  }
}

async function typedLine(stdin: NodeJS.ReadStream): Promise<string | null> {
  let typed = ''
  for await (const chunk of stdin.iterator({ destroyOnReturn: false }) as AsyncIterable<string>) {
    for (const letter of chunk) {
      if (letter === ENTER || letter === LINE) return typed
      if (letter === BREAK || letter === END) return null
      typed = letter === BACK || letter === DELETE ? typed.slice(0, -1) : typed + letter
    }
  }
  return null
}
