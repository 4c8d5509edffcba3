// Limits are for people; a bench is many people at one address.

const limits = {
  RATE_LIMIT_USER: '1000000/s',
  RATE_LIMIT_AUTH: '100000/m',
  GATEWAY_RATE: '1000000',
  GATEWAY_RATE_AUTH: '10000',
  GATEWAY_CONNECTIONS: '1000',
  LOG_LEVEL: 'warn',
}

/** Sets them for every process that is started from here on, and says so. */
export function raiseLimits(note: (line: string) => void): void {
  note(`Limits are raised for measuring: ${JSON.stringify(limits)}`)
  Object.assign(process.env, limits)
}
