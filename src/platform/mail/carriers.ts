import { createTransport } from 'nodemailer'

import type { MailCarrier, Outbox } from './mail.ts'

/** Mail by SMTP: TLS is required except to this machine, nothing is fetched, nothing says who wrote the program. */
export function smtpCarrier(smtpUrl: string): MailCarrier {
  const url = new URL(smtpUrl)
  const nearby = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  const transport = createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (url.protocol === 'smtps:' ? 465 : 587)),
    secure: url.protocol === 'smtps:',
    requireTLS: !nearby,
    ignoreTLS: nearby && url.protocol === 'smtp:',
    ...(url.username !== '' && { auth: login(url) }),
    // The machine's own name is nobody's business.
    name: 'localhost.localdomain',
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async carry({ fromName, from, to, subject, text, calendar }) {
      const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
      try {
        const sent = await transport.sendMail({
          from: { name: fromName, address: from },
          to: { name: '', address: to },
          subject,
          text,
          ...(calendar && { icalEvent: { method: calendar.method, content: calendar.text } }),
          headers,
          xMailer: false,
        })
        return sent.accepted.length === 1 ? { sent: true } : { refused: 'not-accepted' }
      } catch (error) {
        return { refused: wasAnswered(error) ? 'not-accepted' : 'unreachable' }
      }
    },
    close: () => transport.close(),
  }
}

/** Mail that goes nowhere: it is put where a page can show it. */
export function outboxCarrier(outbox: Outbox): MailCarrier {
  return {
    async carry(letter) {
      await outbox.put(letter)
      return { sent: true }
    },
    close() {},
  }
}

function login(url: URL): { user: string; pass: string } {
  return { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
}

function wasAnswered(error: unknown): boolean {
  return error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number'
}
