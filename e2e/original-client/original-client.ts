// A client that behaves as the original system's web client does: written by us from the contract, and as careless as that one may be.
// It keeps the token in local storage, reads who it is from the token, asks with slashes at the end, and sends more than is needed.
import { type CallAnswer, callUrl } from '@fintwin/testing'

export interface OriginalClient {
  /** What the browser's local storage would hold. */
  storage: Map<string, string>
  who(): { sub: string; name: string }
  /** Signed in and not expired, by the client's own reading of the token. */
  isSignedIn(): boolean
  // biome-ignore lint/suspicious/noExplicitAny: the original is plain JavaScript.
  get(path: string): Promise<any>
  // biome-ignore lint/suspicious/noExplicitAny: the original is plain JavaScript.
  post(path: string, body: object): Promise<any>
  // biome-ignore lint/suspicious/noExplicitAny: the original is plain JavaScript.
  put(path: string, body?: object): Promise<any>
  // biome-ignore lint/suspicious/noExplicitAny: the original is plain JavaScript.
  remove(path: string): Promise<any>
  signUp(name: string, email: string, password: string): Promise<void>
  signIn(email: string, password: string): Promise<void>
  signOut(): void
}

/** What the client shows when a call fails: the answer's `detail`. */
export class ShownError extends Error {}

const tokenKey = 'ft_token'

export function createOriginalClient(url: string): OriginalClient {
  const storage = new Map<string, string>()
  const payload = () => JSON.parse(atob(base64(storage.get(tokenKey)?.split('.')[1] ?? '')))

  const call = async (method: string, path: string, body?: object) => {
    const answer = await callUrl(`${url}/api${path}`, method, { token: storage.get(tokenKey), body })
    if (answer.status === 401) storage.delete(tokenKey)
    return show(answer)
  }
  const keep = (answer: { ft_token: string; user: object }): void => {
    storage.set(tokenKey, answer.ft_token)
    storage.set('ft_user', JSON.stringify(answer.user))
  }

  return {
    storage,
    who: () => ({ sub: payload().sub, name: payload().name }),
    isSignedIn: () => storage.has(tokenKey) && payload().exp * 1000 > Date.now(),
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    remove: (path) => call('DELETE', path),
    signUp: async (name, email, password) =>
      keep(
        await call('POST', '/auth/register', {
          name,
          email,
          password,
          confirm_password: password,
          type: 'savings',
          balance: 0,
        }),
      ),
    signIn: async (email, password) =>
      keep(await call('POST', '/auth/login', { email, password, remember: true })),
    signOut: () => storage.clear(),
  }
}

function show({ status, body, text }: CallAnswer) {
  if (status >= 400)
    throw new ShownError(typeof body?.detail === 'string' ? body.detail : `No detail: ${text}`)
  return body
}

const base64 = (part: string): string => part.replaceAll('-', '+').replaceAll('_', '/')
