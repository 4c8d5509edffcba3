// What every service's Fastify app has: validation, problem documents, authentication, limits, health, OpenAPI, request ids.
import { randomUUID } from 'node:crypto'
import swagger from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import {
  HealthReport,
  ProblemSchema,
  type ServiceName,
  type ServiceScope,
  serviceHeader,
} from '@fintwin/contracts'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify'
import { isDatabaseDown } from './database.ts'
import type { RateLimiter } from './rate-limits.ts'
import { notFound, problemOf, type Refusal, Refused, refuse, statusOf } from './refusal.ts'
import type { Caller, ServiceCredentials, TokenVerifier } from './tokens.ts'

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

declare module 'fastify' {
  interface FastifyInstance {
    credentials: ServiceCredentials
  }
  interface FastifyRequest {
    caller: Caller
    callingService: ServiceName
  }
  interface FastifyContextConfig {
    /** Answers without a token. */
    public?: boolean
    /** Needs a service credential with this scope instead of a person's token. */
    scope?: ServiceScope
    /** Needs, beside the person's token, the credential of a service that calls in the person's name. */
    forwardedOnly?: boolean
  }
}

export interface AppOptions {
  name: ServiceName
  title: string
  logger: FastifyBaseLogger
  tokens: TokenVerifier
  credentials: ServiceCredentials
  perPerson: RateLimiter
  trustedProxies: string[]
  /** Each dependency's check; one that throws makes the service not ready. */
  readiness: Record<string, () => Promise<unknown>>
  /** What `/health` says beyond the process being up. */
  health?: () => Promise<Record<string, unknown>>
  bodyLimitBytes?: number
}

/** Builds the app without its own routes; it does not listen. */
export async function createApp(options: AppOptions): Promise<App> {
  const app = Fastify({
    loggerInstance: options.logger,
    trustProxy: options.trustedProxies,
    bodyLimit: options.bodyLimitBytes ?? 1_048_576,
    requestTimeout: 30_000,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 4_000 },
    onProtoPoisoning: 'remove',
    onConstructorPoisoning: 'remove',
    frameworkErrors: (error, request, reply) => answerError(error, request, reply as FastifyReply),
    genReqId: requestId,
    forceCloseConnections: true,
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === 'body' ? bodies : texts).compile(schema as object),
  )
  app.setErrorHandler(answerError)
  app.setNotFoundHandler((_request, reply) => answerRefusal(reply, notFound))
  app.decorate('credentials', options.credentials)
  app.decorateRequest('caller', null as unknown as Caller)
  app.decorateRequest('callingService', null as unknown as ServiceName)
  app.addHook('onRequest', (request) => authenticate(request, options))
  app.addHook('onRequest', (request, reply) => limit(request, reply, options))
  app.addHook('onSend', async (request, reply) => {
    reply
      .header('x-request-id', request.id)
      .header('cache-control', reply.getHeader('cache-control') ?? 'no-store')
  })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: options.title, version: '0.1.0' },
      components: { securitySchemes: { person: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
      security: [{ person: [] }],
    },
    transform: ({ schema, url, route }) => ({
      schema: documentOf(schema, route.config?.public ?? false),
      url,
    }),
  })
  addOperations(app, options)
  return app as unknown as App
}

const ajvOptions = { removeAdditional: false, useDefaults: true, allErrors: false, strict: false } as const
const bodies = addFormats.default(new Ajv({ ...ajvOptions, coerceTypes: false }))
/** Query strings, parameters and headers are text: numbers and booleans are read from it. */
const texts = addFormats.default(new Ajv({ ...ajvOptions, coerceTypes: true })).addKeyword({
  keyword: 'cap',
  type: 'number',
  modifying: true,
  validate: (cap: number, value: number, _schema: unknown, at?: DataAt): boolean => {
    if (value > cap && at) at.parentData[at.parentDataProperty] = cap
    return true
  },
})

interface DataAt {
  parentData: Record<string | number, unknown>
  parentDataProperty: string | number
}

function requestId(request: { headers: Record<string, string | string[] | undefined> }): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
}

async function authenticate(request: FastifyRequest, { tokens, credentials }: AppOptions): Promise<void> {
  const { config } = request.routeOptions
  if (config.public || request.is404) return
  const token = /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (!token)
    throw new Refused(refuse('unauthenticated', 'Sign in to continue: the request carries no token.'))
  if (config.scope) request.callingService = await credentials.verify(token, config.scope)
  else request.caller = await tokens.verify(token)
}

async function limit(
  request: FastifyRequest,
  reply: FastifyReply,
  { perPerson, credentials }: AppOptions,
): Promise<void> {
  if (!request.caller || (await isForwarded(request, credentials))) return
  const decision = await perPerson.take(request.caller.personId)
  announceLimit(reply, decision)
  if (!decision.allowed) throw rateLimited(decision.resetMs)
}

/** A call that another service makes in the person's name was counted where it came in. */
async function isForwarded(request: FastifyRequest, credentials: ServiceCredentials): Promise<boolean> {
  const credential = request.headers[serviceHeader]
  if (typeof credential !== 'string') {
    if (!request.routeOptions.config.forwardedOnly) return false
    throw new Refused(refuse('service_credential_required', 'Only services may call this.'))
  }
  await credentials.verify(credential, 'calls:forwarded')
  return true
}

/** Says in the headers how much of an allowance is left (draft-ietf-httpapi-ratelimit-headers). */
export function announceLimit(
  reply: FastifyReply,
  { limit, remaining, resetMs }: { limit: number; remaining: number; resetMs: number },
): void {
  const resetS = Math.ceil(resetMs / 1000)
  reply
    .header('ratelimit-policy', `"default";q=${limit}`)
    .header('ratelimit', `"default";r=${remaining};t=${resetS}`)
}

export function rateLimited(resetMs: number): Refused {
  return new Refused(
    refuse('rate_limited', 'Too many requests; wait a moment and try again.'),
    Math.max(1, Math.ceil(resetMs / 1000)),
  )
}

function addOperations(app: FastifyInstance, { name, readiness, health }: AppOptions): void {
  app.get(
    '/health',
    {
      config: { public: true },
      logLevel: 'warn',
      schema: { response: { 200: { ...HealthReport, additionalProperties: true } } },
    },
    async () => ({
      status: 'ok',
      service: name,
      ...(await health?.()),
    }),
  )
  app.get('/ready', { config: { public: true }, logLevel: 'warn' }, async (_request, reply) => {
    const checks = await Promise.all(
      Object.entries(readiness).map(
        async ([dependency, check]) =>
          [
            dependency,
            await check().then(
              () => 'up',
              () => 'down',
            ),
          ] as const,
      ),
    )
    const isReady = checks.every(([, state]) => state === 'up')
    return reply.code(isReady ? 200 : 503).send({
      status: isReady ? 'ready' : 'not_ready',
      service: name,
      dependencies: Object.fromEntries(checks),
    })
  })
  app.get('/openapi.json', { config: { public: true }, schema: { hide: true } }, async () => app.swagger())
}

function documentOf(schema: unknown, isPublic: boolean): Record<string, unknown> {
  const given = (schema ?? {}) as Record<string, unknown>
  const problem = {
    description: 'Problem document',
    content: { 'application/problem+json': { schema: ProblemSchema } },
  }
  const response = (given.response as object | undefined) ?? { 200: { description: 'Done' } }
  return { ...given, ...(isPublic ? { security: [] } : {}), response: { ...response, default: problem } }
}

function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Refused) {
    if (statusOf(error.refusal) >= 500) request.log.warn({ err: error.cause ?? error }, 'dependency down')
    if (error.retryAfterS !== undefined) reply.header('retry-after', String(error.retryAfterS))
    return answerRefusal(reply, error.refusal)
  }
  if (isDatabaseDown(error)) {
    request.log.error({ err: error }, 'database down')
    reply.header('retry-after', '2')
    return answerRefusal(
      reply,
      refuse('dependency_down', 'FinTwin’s database does not answer right now; try again in a moment.'),
    )
  }
  const malformed = explainMalformed(error)
  if (malformed) return answerRefusal(reply, malformed)
  request.log.error({ err: error }, 'request failed')
  return answerRefusal(reply, refuse('internal_error', 'Something went wrong on our side; please try again.'))
}

/** SQLSTATEs of what PostgreSQL cannot hold: a NUL character, a date outside its calendar. */
const untranslatable = new Set(['22021', '22P05', '22007', '22008', '22P02'])

function explainMalformed(error: FastifyError): Refusal | undefined {
  if (untranslatable.has(error.code)) {
    return refuse(
      'malformed_request',
      'The request has a text or a date that cannot be kept, such as a NUL character or the year 0.',
    )
  }
  if (error.validation) {
    const errors = error.validation.map(({ instancePath, message, params }) => ({
      pointer: params.missingProperty ? `${instancePath}/${params.missingProperty}` : instancePath,
      detail: params.missingProperty ? 'is required' : (message ?? 'is not valid'),
    }))
    const first = errors[0]
    const field = first?.pointer.slice(1) || (error.validationContext ?? 'request')
    return refuse('malformed_request', `${field}: ${first?.detail ?? 'is not valid'}.`, errors)
  }
  if (error.statusCode === 413)
    return refuse('payload_too_large', 'The request is larger than FinTwin accepts.')
  if (error.statusCode === 415) return refuse('unsupported_media_type', 'Send the body as application/json.')
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) {
    return refuse('malformed_request', 'The request could not be read: its body or headers are malformed.')
  }
  return undefined
}

function answerRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply
    .code(statusOf(refusal))
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemOf(refusal)))
}
