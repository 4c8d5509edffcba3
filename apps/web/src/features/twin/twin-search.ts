// What the address of the Digital Twin page says.

export interface TwinSearch {
  account?: string
  scenario?: string
  amount?: string
  simulation?: string
}
