// Lists by pages: the `Link` header (RFC 8288) that leads to the next one.
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Announces the page after the row that the cursor names, at the address it has behind the gateway. */
export function announceNextPage(request: FastifyRequest, reply: FastifyReply, cursor: string): void {
  const next = new URL(request.url, 'http://gateway')
  next.searchParams.delete('offset')
  next.searchParams.set('cursor', cursor)
  reply.header('link', `</api${next.pathname}${next.search}>; rel="next"`)
}
