// What must be true of holds: what is set aside is what is open, and what was captured was posted, once.

/** Each gives the first offending row, or none. */
export const holdChecks: Record<string, string> = {
  'each account has set aside what its open holds add up to': `
    select a.id as account_id, a.held_minor, coalesce(open.held, 0) as recomputed from transaction.accounts a
    full join (
      select account_id, sum(amount_minor) as held from transaction.holds where state = 'placed' group by account_id
    ) open on open.account_id = a.id
    where a.held_minor is distinct from coalesce(open.held, 0) order by coalesce(a.id, open.account_id) limit 1`,
  'each captured hold was paid by one posting of what was captured, between the accounts it was for': `
    select h.id as hold_id, h.amount_minor, h.captured_minor, count(p.id) as postings from transaction.holds h
    left join transaction.postings p on p.hold_id = h.id and p.id = h.posting_id and p.is_out and p.amount_minor = h.captured_minor
      and p.account_id = h.account_id and p.to_account is not distinct from h.to_account
    where h.state = 'captured' group by h.id having count(p.id) <> 1 or h.captured_minor > h.amount_minor order by h.id limit 1`,
  'each posting of a hold is the one that captured it': `
    select p.id as posting_id, p.hold_id, h.state from transaction.postings p left join transaction.holds h on h.id = p.hold_id
    where p.hold_id is not null and (h.posting_id is distinct from p.id or h.state <> 'captured') order by p.id limit 1`,
  'each hold is of its account’s owner and currency, and for the owner of the account it is for': `
    select h.id as hold_id, h.owner_id, a.owner_id as account_owner_id from transaction.holds h
    left join transaction.accounts a on a.id = h.account_id left join transaction.accounts t on t.id = h.to_account
    where h.owner_id is distinct from a.owner_id or h.currency is distinct from a.currency or h.to_owner_id is distinct from t.owner_id
    order by h.id limit 1`,
  'the clock settled no hold before its time': `
    select h.id as hold_id, coalesce(h.capture_at, h.expires_at) as due_at, h.settled_at from transaction.holds h
    where h.settled_by = 'clock' and (h.settled_at >= coalesce(h.capture_at, h.expires_at)) is not true order by h.id limit 1`,
}
