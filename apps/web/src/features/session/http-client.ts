// The one client for /api: adds the token, and on a 401 refreshes it once and asks again.
import axios, { type InternalAxiosRequestConfig } from 'axios'
import { refreshSession } from './refresh-session.ts'
import { accessToken } from './session.ts'

export const http = axios.create({ baseURL: '/api', timeout: 30_000 })

http.interceptors.request.use((request) => {
  const token = accessToken()
  if (token) request.headers.set('Authorization', `Bearer ${token}`)
  return request
})

http.interceptors.response.use(undefined, async (error: unknown) => {
  if (!axios.isAxiosError(error) || error.response?.status !== 401 || !error.config) throw error
  const request: InternalAxiosRequestConfig & { retriedAfterRefresh?: boolean } = error.config
  if (request.retriedAfterRefresh) throw error
  request.retriedAfterRefresh = true
  if (!(await refreshSession())) throw error
  return http.request(request)
})
