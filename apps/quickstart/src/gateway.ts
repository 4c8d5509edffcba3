// The quickstart's gateway: one origin for the web app and the six services, with nginx's rules on what passes.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import proxy from '@fastify/http-proxy'
import type { FastifyReplyFromHooks } from '@fastify/reply-from'
import files from '@fastify/static'
import {
  isInternalRoute,
  type ProblemCode,
  problemDocument,
  type ServiceName,
  serviceOfPrefix,
  services,
} from '@fintwin/contracts'
import { SettingsError } from '@fintwin/platform'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import {
  apiContentSecurityPolicy,
  securityHeaders,
  webContentSecurityPolicy,
} from '../../../infra/nginx/security-headers.ts'

interface GatewayOptions {
  port: number
  /** Address it listens on; `localhost` is both 127.0.0.1 and ::1. */
  host: string
  upstreams: Record<ServiceName, string>
  webFolder: string | undefined
}

export interface Gateway {
  port: number
  stop(): Promise<void>
}

export async function startGateway({ port, host, upstreams, webFolder }: GatewayOptions): Promise<Gateway> {
  const app = Fastify({
    bodyLimit: 16_777_216,
    forceCloseConnections: true,
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 500 },
  })
  app.addHook('onRequest', guard)
  app.addHook('onSend', addSecurityHeaders)
  app.setErrorHandler((error: { statusCode?: number; code?: string }, _request, reply) =>
    answerProxyError(error, reply),
  )
  for (const { name, prefixes } of services) {
    for (const prefix of prefixes) await app.register(proxy, proxyOptions(upstreams[name], prefix))
    await app.register(proxy, documentOptions(upstreams[name], name))
  }
  await serveWeb(app, webFolder)
  try {
    await app.listen({ port, host })
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error
    throw new SettingsError(`Port ${port} is taken: end what uses it, or set FINTWIN_PORT to another.`)
  }
  const address = app.server.address()
  return { port: typeof address === 'object' && address ? address.port : port, stop: () => app.close() }
}

function proxyOptions(upstream: string, prefix: string) {
  return {
    upstream,
    prefix: `/api/${prefix}`,
    rewritePrefix: `/${prefix}`,
    undici: { headersTimeout: 60_000, bodyTimeout: 0, connections: 128 },
    replyOptions: { rewriteRequestHeaders: forwardedHeaders },
  }
}

function documentOptions(upstream: string, name: ServiceName) {
  return {
    upstream,
    prefix: `/api/docs/${name}/openapi.json`,
    rewritePrefix: '/openapi.json',
    httpMethods: ['GET'],
  }
}

/** What a client says of where it comes from is not believed: the forwarding headers are this gateway's own. `Expect` was answered here. */
const forwardedHeaders: NonNullable<FastifyReplyFromHooks['rewriteRequestHeaders']> = (request, headers) => {
  const {
    expect: _expect,
    forwarded: _forwarded,
    'x-request-id': _requestId,
    'x-real-ip': _realIp,
    ...kept
  } = headers
  const address = request.socket?.remoteAddress ?? ''
  return {
    ...kept,
    'x-forwarded-for': address,
    'x-forwarded-host': kept.host ?? '',
    'x-forwarded-proto': 'http',
  }
}

/** Only well-formed paths pass, and none that is for calls between services. */
async function guard(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const path = request.url.split('?')[0] ?? ''
  // The router decodes what it matches: an address of the API in other letters is still one.
  if (!safeDecode(path).startsWith('/api')) return undefined
  const isOdd =
    !path.startsWith('/api') || /\/\/|\\|#|%2f|%5c|%00|(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(path)
  const inner = path.slice('/api'.length)
  if (isOdd || isInternalRoute(request.method, safeDecode(inner)))
    return answerProblem(reply, 'not_found', 'There is nothing at this address.')
  const prefix = inner.split('/')[1] ?? ''
  if (prefix !== 'docs' && !serviceOfPrefix(prefix))
    return answerProblem(reply, 'not_found', 'There is nothing at this address.')
  return undefined
}

function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

async function addSecurityHeaders(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const isApi = request.url.startsWith('/api')
  reply
    .headers(securityHeaders)
    .header('content-security-policy', isApi ? apiContentSecurityPolicy : webContentSecurityPolicy)
}

function answerProxyError(error: { statusCode?: number; code?: string }, reply: FastifyReply): FastifyReply {
  if (error.statusCode === 413)
    return answerProblem(reply, 'payload_too_large', 'The request is larger than is accepted here.')
  if (error.statusCode && error.statusCode < 500)
    return answerProblem(reply, 'malformed_request', 'The request is not well-formed.')
  reply.header('retry-after', '2')
  return answerProblem(
    reply,
    'dependency_down',
    'A part of FinTwin does not answer right now; try again in a moment.',
  )
}

function answerProblem(reply: FastifyReply, code: ProblemCode, detail: string): FastifyReply {
  const problem = problemDocument(code, detail)
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem))
}

/** Files of the built web app; every other address of a page gets the app itself, which knows its own routes. */
async function serveWeb(app: FastifyInstance, folder: string | undefined): Promise<void> {
  if (!folder) {
    app.setNotFoundHandler((_request, reply) =>
      answerProblem(reply, 'not_found', 'There is nothing at this address.'),
    )
    return
  }
  await app.register(files, {
    root: folder,
    wildcard: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    },
  })
  app.setNotFoundHandler(async (request, reply) => {
    const wantsPage =
      request.method === 'GET' && !request.url.startsWith('/api') && !request.url.startsWith('/assets/')
    if (!wantsPage) return answerProblem(reply, 'not_found', 'There is nothing at this address.')
    return reply
      .header('cache-control', 'no-cache')
      .type('text/html')
      .send(await readFile(join(folder, 'index.html')))
  })
}
