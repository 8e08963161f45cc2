// A server of its own that does one piece of the minute's work: `node one-server.ts follow|bring`. Killed in the middle by its test.
import { bringFiles, followFeeds } from '#exchange'
import { cryptoReady, openInstallation } from '#platform/crypto'
import { type LoginUrls, openPools } from '#platform/db'

const { urls, keysDir } = JSON.parse(process.env['ONE_SERVER'] ?? '{}') as {
  readonly urls: LoginUrls
  readonly keysDir: string
}
await cryptoReady()
const pools = openPools(urls)
const { installation } = openInstallation(keysDir)
if (process.argv[2] === 'bring') await bringFiles(pools, installation)
else
  await followFeeds({
    pools,
    installation,
    reach: { loopback: true },
    limits: { bytes: 4_000_000, requestMs: 20_000, wholeMs: 60_000, pauseMs: 0, pages: 100, single: 100 },
  })
await pools.close()
