// Tokens that are not what they say: none opens anything, on any service.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { readKey } from '@fintwin/platform'
import { beforeAll, describe, expect, it } from 'vitest'
import { expectProblem } from '../expectations.ts'
import { type FinTwin, type OwnFinTwin, openFinTwin, startOwnFinTwin } from '../fintwin.ts'
import { type ApiOperation, listOperations } from '../openapi.ts'
import { callApi, newPerson, type Person } from '../person.ts'

let fintwin: FinTwin
let guarded: ApiOperation[]
let asha: Person

beforeAll(async () => {
  fintwin = await openFinTwin()
  asha = await newPerson(fintwin)
  guarded = (await listOperations(fintwin)).filter(
    ({ method, path, isInternal }) =>
      !isInternal && !/^(POST \/auth\/|GET \/(health|ready)$)/.test(`${method} ${path}`),
  )
}, 120_000)

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')
const decode = (part = ''): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString())

interface Forgery {
  header?: object
  payload?: object
  signature?: string
}

/** Asha's token with other parts in it; the signature stays unless told. */
function forge({ header = {}, payload = {}, signature }: Forgery): string {
  const [oldHeader, oldPayload, oldSignature] = asha.token.split('.')
  return [
    encode({ ...decode(oldHeader), ...header }),
    encode({ ...decode(oldPayload), ...payload }),
    signature ?? oldSignature,
  ].join('.')
}

function signed(key: KeyObject, header: object, payload: object): string {
  const content = `${encode(header)}.${encode(payload)}`
  return `${content}.${sign(null, Buffer.from(content), key).toString('base64url')}`
}

function forgeries(): Record<string, string> {
  const [header, payload] = asha.token
    .split('.')
    .map((part) => (part.length < 80 || part.startsWith('ey') ? part : part))
  const stranger = generateKeyPairSync('ed25519').privateKey
  const own = { header: decode(header), payload: decode(payload) }
  const jwk = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
  return {
    'the unsigned algorithm': forge({ header: { alg: 'none' }, signature: '' }),
    'the unsigned algorithm, spelled otherwise': forge({ header: { alg: 'nOnE' }, signature: '' }),
    'no signature': `${header}.${payload}.`,
    'two parts': `${header}.${payload}`,
    'another’s sub under the old signature': forge({
      payload: { sub: '01890000-0000-7000-8000-000000000000' },
    }),
    'a later expiry under the old signature': forge({ payload: { exp: 4_102_444_800 } }),
    'a stranger’s key': signed(stranger, own.header, own.payload),
    'a stranger’s key and no key id': signed(stranger, { alg: 'EdDSA', typ: 'at+jwt' }, own.payload),
    'a key that it brings itself': signed(stranger, { ...own.header, jwk, kid: undefined }, own.payload),
    'a key set that it names': signed(
      stranger,
      { ...own.header, jku: 'http://127.0.0.1:9/keys' },
      own.payload,
    ),
    'a symmetric algorithm': forge({ header: { alg: 'HS256' } }),
    'not a token': 'not-a-token',
    'empty parts': '..',
    'a part too many': `${asha.token}.x`,
  }
}

describe('the gateway', () => {
  it('opens nothing without a token', async () => {
    for (const { method, path } of guarded) {
      const answer = await callApi(fintwin, method, path.replaceAll(/\{\w+\}/g, asha.id), {
        body: bodyFor(method),
      })
      expectProblem(answer, 401)
    }
  })

  it('opens nothing to a forged token', async () => {
    const services = new Map(
      guarded.filter(({ method }) => method === 'GET').map((operation) => [operation.service, operation]),
    )
    expect(services.size).toBe(6)
    for (const [forgery, token] of Object.entries(forgeries())) {
      for (const { path, service } of services.values()) {
        const answer = await callApi(fintwin, 'GET', path.replaceAll(/\{\w+\}/g, asha.id), { token })
        expect(answer.status, `${forgery} at ${service}`).toBe(401)
        expectProblem(answer, 401)
      }
    }
    expect((await asha.get('/accounts/')).status).toBe(200)
  })
})

const bodyFor = (method: string): object | undefined =>
  method === 'POST' || method === 'PUT' ? {} : undefined

describe('the account service’s own key', () => {
  let own: OwnFinTwin
  let key: KeyObject
  let person: Person

  beforeAll(async () => {
    own = await startOwnFinTwin()
    const { createPrivateKey } = await import('node:crypto')
    const jwk = await readKey(`${own.secretsRoot}/account`, 'token-signing-key.json')
    key = createPrivateKey({ key: jwk as never, format: 'jwk' })
    person = await newPerson(own)
    return () => own.stop()
  }, 60_000)

  it.each<[string, object, object]>([
    ['an expired token', {}, { exp: Math.floor(Date.now() / 1000) - 5 }],
    ['a token of the future', {}, { nbf: Math.floor(Date.now() / 1000) + 600 }],
    ['another audience', {}, { aud: 'elsewhere' }],
    ['another issuer', {}, { iss: 'elsewhere' }],
    ['another type', { typ: 'JWT' }, {}],
    ['a service’s type', { typ: 'service+jwt' }, {}],
    ['no expiry', {}, { exp: undefined }],
    ['no subject', {}, { sub: undefined }],
    ['no session', {}, { sid: undefined }],
  ])('does not make %s good', async (_what, header, payload) => {
    const [oldHeader, oldPayload] = person.token.split('.')
    const good = signed(key, decode(oldHeader), decode(oldPayload))
    const bad = signed(key, { ...decode(oldHeader), ...header }, { ...decode(oldPayload), ...payload })
    for (const path of [
      '/accounts/',
      '/transactions/',
      `/simulate/history/${person.id}`,
      `/risk/score/${person.id}`,
      '/portfolio/',
      '/notifications/',
    ]) {
      expect((await callApi(own, 'GET', path, { token: good })).status, path).toBe(200)
      expectProblem(await callApi(own, 'GET', path, { token: bad }), 401)
    }
  })
})
