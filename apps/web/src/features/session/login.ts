// POST /api/auth/login
import { useMutation } from '@tanstack/react-query'
import axios from 'axios'
import { type Grant, startSession } from './session.ts'

export interface Credentials {
  email: string
  password: string
}

export function useLogin() {
  return useMutation({
    mutationFn: async (credentials: Credentials) =>
      (await axios.post<Grant>('/api/auth/login', credentials)).data,
    onSuccess: startSession,
  })
}
