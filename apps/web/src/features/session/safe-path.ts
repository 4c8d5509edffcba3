// Where to go after signing in.

/** Only a path of this app, never another site. */
export function safePath(next: string | undefined): string {
  return next?.startsWith('/') && !/^\/[/\\]/.test(next) ? next : '/'
}
