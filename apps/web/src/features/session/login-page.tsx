// Sign in.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormError } from '../../ui/states.tsx'
import { AuthLayout } from './auth-layout.tsx'
import { useLogin } from './login.ts'
import { fieldError, readProblem } from './problem.ts'
import { safePath } from './safe-path.ts'

export function LoginPage() {
  const { next } = useSearch({ from: '/public/login' })
  const navigate = useNavigate()
  const login = useLogin()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const problem = login.error ? readProblem(login.error) : null

  function submit(event: FormEvent) {
    event.preventDefault()
    login.mutate({ email, password }, { onSuccess: () => navigate({ to: safePath(next), replace: true }) })
  }

  return (
    <AuthLayout title="Sign in">
      <form className="form" onSubmit={submit}>
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          value={email}
          error={fieldError(problem, 'email')}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          error={fieldError(problem, 'password')}
          onChange={(event) => setPassword(event.target.value)}
        />
        <FormError detail={problem?.detail ?? null} />
        <Button type="submit" look="primary" busy={login.isPending}>
          Sign in
        </Button>
      </form>
      <p className="auth__other">
        New here?{' '}
        <Link to="/register" search={next ? { next } : {}}>
          Create an account
        </Link>
      </p>
    </AuthLayout>
  )
}
