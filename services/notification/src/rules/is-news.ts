// Whether a posting is worth a message: one that was effective more than a day before it was posted is history somebody filled in.

const dayMs = 86_400_000

export function isNews({ effective_at, created_at }: { effective_at: string; created_at: string }): boolean {
  return Date.parse(created_at) - Date.parse(effective_at) <= dayMs
}
