// What must be true of reversals: each takes back one posting, whole and once.

/** Of the postings of `reversed`, all legs in one text, in the order of their accounts. */
const legsOf = (posting: 'id' | 'reverses', amount: string): string => `
    select e.posting_id, string_agg(e.account_no || ' ' || ${amount}, ',' order by e.account_no) as legs
    from transaction.entries e join reversed on reversed.${posting} = e.posting_id group by e.posting_id`

/** Each gives the first offending row, or none. */
export const reversalChecks: Record<string, string> = {
  'each reversal turns exactly the legs of the posting that it takes back': `
    with reversed as materialized (select id, reverses from transaction.postings where reverses is not null),
    original as (${legsOf('reverses', 'e.amount_minor')}),
    mirror as (${legsOf('id', '-e.amount_minor')})
    select reversed.id as posting_id, reversed.reverses, original.legs, mirror.legs as turned from reversed
    left join original on original.posting_id = reversed.reverses left join mirror on mirror.posting_id = reversed.id
    where original.legs is null or original.legs is distinct from mirror.legs order by reversed.id limit 1`,
  'no posting is taken back twice, and no reversal at all': `
    select r.reverses as posting_id, count(*) as reversals from transaction.postings r join transaction.postings p on p.id = r.reverses
    where r.reverses is not null group by r.reverses, p.type having count(*) > 1 or p.type = 'reversal' order by r.reverses limit 1`,
  'what somebody else sent was taken back by its recipient only': `
    select r.id as posting_id, r.reverses from transaction.postings r join transaction.postings p on p.id = r.reverses
    join transaction.accounts payer on payer.id = p.account_id left join transaction.accounts payee on payee.id = p.to_account
    where payee.owner_id <> payer.owner_id and (r.account_id <> p.to_account or not r.is_out) order by r.id limit 1`,
}
