// GET /events: the caller's server-sent events. The token comes in the header, so clients read it with fetch; `Last-Event-ID` resumes.
import { StreamMessage } from '@fintwin/contracts'
import { type App, asPerson, type ServiceDeps } from '@fintwin/platform'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findStreamState } from '../store/stream.ts'
import { type StreamHub, writeMessage } from '../stream-hub.ts'

export function getEvents(app: App, deps: ServiceDeps, hub: StreamHub): void {
  app.get(
    '/events',
    {
      exposeHeadRoute: false,
      schema: {
        tags: ['events'],
        summary: 'Stream what happens to my accounts',
        response: {
          200: {
            description: 'Server-sent events; the data of each is one JSON object',
            content: { 'text/event-stream': { schema: StreamMessage } },
          },
        },
      },
    },
    (request, reply) => openStream(deps, hub, request, reply),
  )
}

async function openStream(
  deps: ServiceDeps,
  hub: StreamHub,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { personId, token } = request.caller
  const state = await asPerson(deps.database, personId, (tx) => findStreamState(tx, personId))
  const lastNumber = readLastEventId(request.headers['last-event-id'], state.number)
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-request-id': request.id,
  })
  raw.write('retry: 2000\n\n')
  writeMessage(raw, lastNumber, {
    type: 'ready',
    at: new Date().toISOString(),
    account_id: null,
    unread: state.unread,
  })
  hub.connect({ raw, ownerId: personId, token, lastNumber })
}

/** Where a client left off; one that is new, or names what never was, begins now. */
function readLastEventId(header: string | string[] | undefined, newest: bigint): bigint {
  if (typeof header !== 'string' || !/^\d{1,15}$/.test(header)) return newest
  const number = BigInt(header)
  return number < newest ? number : newest
}
