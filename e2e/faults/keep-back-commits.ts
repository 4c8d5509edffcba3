// Stands between a service and PostgreSQL, and can keep the word that a transaction was committed from the service.
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface CommitKeeper {
  /** Where the service finds the database, given where it is. */
  urlFor(databaseUrl: string): string
  /** From now on the service hears nothing more of a connection once its transaction is committed. */
  keepBack(): void
  /** Cuts what is kept back, and lets everything through again. */
  letThrough(): void
  stop(): Promise<void>
}

/** What the server says when a transaction is committed: CommandComplete with this tag. */
const committed = Buffer.from('COMMIT\0')

export async function startCommitKeeper(): Promise<CommitKeeper> {
  let target = { host: '127.0.0.1', port: 0 }
  let isKeeping = false
  const silenced = new Set<Socket>()
  const sockets = new Set<Socket>()
  const server = createServer((service) => {
    const database = connect(target)
    for (const socket of [service, database]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.once('close', () => {
        for (const both of [service, database]) {
          both.destroy()
          sockets.delete(both)
        }
      })
    }
    service.on('data', (chunk) => database.write(chunk))
    database.on('data', (chunk) => {
      if (isKeeping && chunk.includes(committed)) silenced.add(service)
      if (!silenced.has(service)) service.write(chunk)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    urlFor(databaseUrl) {
      const url = new URL(databaseUrl)
      target = { host: url.hostname, port: Number(url.port) }
      url.port = String(port)
      return url.href
    },
    keepBack() {
      isKeeping = true
    },
    letThrough() {
      isKeeping = false
      for (const service of silenced) service.destroy()
      silenced.clear()
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
