// Writes the documents of the open APIs that are checked in: `npm run api:write`. The test of them says when that is due.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dialects, documentOf } from '#exchange'

mkdirSync('docs/api', { recursive: true })
for (const dialect of dialects)
  writeFileSync(`docs/api/${dialect.name}.openapi.json`, `${JSON.stringify(documentOf(dialect), null, 2)}\n`)
