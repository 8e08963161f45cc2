// Coverage by brute force: every situation a row, every need a count. Reads { sql } and prints milliseconds, those of all cores, and counts.
import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'

const { sql } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
const connection = await instance.connect()
const spent = process.cpuUsage()
const begun = performance.now()
const reader = await connection.runAndReadAll(sql)
const ms = performance.now() - begun
const { user, system } = process.cpuUsage(spent)
const cpu = (user + system) / 1000
console.log(JSON.stringify({ ms, cpu, counts: reader.getRows()[0].map(String) }))
