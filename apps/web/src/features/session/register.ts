// POST /api/auth/register
import { useMutation } from '@tanstack/react-query'
import axios from 'axios'
import { type Grant, startSession } from './session.ts'

export interface Registration {
  name: string
  email: string
  password: string
}

export function useRegister() {
  return useMutation({
    mutationFn: async (registration: Registration) =>
      (await axios.post<Grant>('/api/auth/register', registration)).data,
    onSuccess: startSession,
  })
}
