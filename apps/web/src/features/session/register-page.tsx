// Create an account.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormError } from '../../ui/states.tsx'
import { AuthLayout } from './auth-layout.tsx'
import { fieldError, readProblem } from './problem.ts'
import { useRegister } from './register.ts'
import { safePath } from './safe-path.ts'

export function RegisterPage() {
  const { next } = useSearch({ from: '/public/register' })
  const navigate = useNavigate()
  const register = useRegister()
  const [form, setForm] = useState({ name: '', email: '', password: '' })
  const problem = register.error ? readProblem(register.error) : null
  const field = (name: keyof typeof form) => ({
    name,
    value: form[name],
    error: fieldError(problem, name),
    required: true,
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    register.mutate(form, { onSuccess: () => navigate({ to: safePath(next), replace: true }) })
  }

  return (
    <AuthLayout title="Create your account">
      <form className="form" onSubmit={submit}>
        <TextField label="Name" autoComplete="name" {...field('name')} />
        <TextField label="E-mail" type="email" autoComplete="username" {...field('email')} />
        <TextField
          label="Password"
          type="password"
          autoComplete="new-password"
          minLength={8}
          hint="At least 8 characters. A sentence you will remember is best."
          {...field('password')}
        />
        <FormError detail={problem?.detail ?? null} />
        <Button type="submit" look="primary" busy={register.isPending}>
          Create account
        </Button>
      </form>
      <p className="auth__other">
        Already with us?{' '}
        <Link to="/login" search={next ? { next } : {}}>
          Sign in
        </Link>
      </p>
    </AuthLayout>
  )
}
