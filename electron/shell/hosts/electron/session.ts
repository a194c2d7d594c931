// The window's own session: in memory, cut off from every network, answered from the built files.
import { app, type Session, session as sessions } from 'electron'
import { electronOrigin } from '../../security/origins.ts'
import type { StaticFiles } from '../../security/static-files.ts'
import { denyPermissions } from './permissions.ts'

/** Chromium's "refuse" for `setCertificateVerifyProc`. */
const certificateRefused = -2

/** Cuts off every session that is ever made, Electron's default one too. Call once, before the first. */
export function confineAllSessions(options: { devTools: boolean }): void {
  app.on('session-created', (session) => {
    confineSession(session, options)
  })
}

/** Makes the session. The partition's name has no `persist:`, so it lives in memory and leaves nothing behind. */
export function openPrivateSession(serve: StaticFiles, options: { devTools: boolean }): Session {
  const session = sessions.fromPartition('guicang', { cache: false })
  confineSession(session, options)
  session.protocol.handle(new URL(electronOrigin).protocol.replace(':', ''), async (request) => {
    const answer = await serve(request.method, request.url)
    return new Response(new Uint8Array(answer.body), { status: answer.status, headers: answer.headers })
  })
  return session
}

const confined = new WeakSet<Session>()

function confineSession(session: Session, options: { devTools: boolean }): void {
  if (confined.has(session)) return
  confined.add(session)
  denyPermissions(session)
  session.setSpellCheckerEnabled(false)
  session.setCertificateVerifyProc((_request, callback) => {
    callback(certificateRefused)
  })
  session.on('will-download', (event) => {
    // Exports are written by the vault process, never by a page.
    event.preventDefault()
  })
  const allowed = [`${electronOrigin}/`, 'data:', ...(options.devTools ? ['devtools://'] : [])]
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !allowed.some((start) => details.url.startsWith(start)) })
  })
}
