import { BlockList, isIP } from 'node:net'

/**
 * Ranges that are no place on the open internet (IANA special-purpose registries, RFC 6890): this machine, its network, the
 * cloud's own addresses, documentation, multicast. What an editor types must never make the server look around inside.
 */
const closed = listOf(
  [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ],
  [
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
  ],
)

/** The one range of IPv6 that is handed out to the internet: everything else, mapped and translated addresses too, is closed. */
const handedOut = listOf([], [['2000::', 3]])

/** Whether an address of a machine lies on the open internet. Text that is no address does not. */
export function isOpenAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '')
  const family = isIP(bare)
  if (family === 4) return !closed.check(bare, 'ipv4')
  return family === 6 && handedOut.check(bare, 'ipv6') && !closed.check(bare, 'ipv6')
}

/** Whether an address is this machine itself. */
export function isLoopbackAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '')
  return bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'))
}

type Range = readonly [net: string, bits: number]

function listOf(four: readonly Range[], six: readonly Range[]): BlockList {
  const list = new BlockList()
  for (const [net, bits] of four) list.addSubnet(net, bits, 'ipv4')
  for (const [net, bits] of six) list.addSubnet(net, bits, 'ipv6')
  return list
}
