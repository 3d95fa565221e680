"""Broken copies of the ledger's SQL: what stands there, and what somebody might make of it."""

BROKEN = {
    "no floor": (
        "check (minutes > 0 or low is null or balance_after >= low)",
        "check (true)",
    ),
    "no ceiling": (
        "check (minutes < 0 or high is null or balance_after <= high)",
        "check (true)",
    ),
    "floor stops receiving too": (
        "check (minutes > 0 or low is null or balance_after >= low)",
        "check (low is null or balance_after >= low)",
    ),
    "ceiling stops paying too": (
        "check (minutes < 0 or high is null or balance_after <= high)",
        "check (high is null or balance_after <= high)",
    ),
    "ceiling one minute early": (
        "check (minutes < 0 or high is null or balance_after <= high)",
        "check (minutes < 0 or high is null or balance_after < high)",
    ),
    "limits not kept on the entry": (
        "v_highs := v_highs || v_high;",
        "v_highs := v_highs || null::integer;",
    ),
    "floor of the community by an exception's ceiling": (
        "v_high := greatest(v_high, v_exception.high);",
        "v_high := greatest(v_high, -v_exception.low);",
    ),
    "exception narrows": (
        "v_low := least(v_low, v_exception.low);",
        "v_low := coalesce(v_exception.low, v_low);",
    ),
    "exception outlives its days": (
        "v_day between x.starts_on and x.ends_on and",
        "",
    ),
    "exception outlives its end": (
        "x.starts_on and x.ends_on and x.ended_at is null;",
        "x.starts_on and x.ends_on;",
    ),
    "somebody else's exception": (
        "where x.community_id = p_community and x.account_id = v_account.id",
        "where x.community_id = p_community",
    ),
    "first rules for ever": (
        "order by r.version desc limit 1",
        "order by r.version limit 1",
    ),
    "a used key hides another booking": (
        "if v_first.fingerprint is distinct from v_fingerprint then",
        "if false then",
    ),
    "fingerprint without minutes": (
        "jsonb_build_array(p_kind, p_exchange, p_corrects, p_accounts, p_minutes)",
        "jsonb_build_array(p_kind, p_exchange, p_corrects, p_accounts)",
    ),
    "fingerprint without exchange": (
        "jsonb_build_array(p_kind, p_exchange, p_corrects, p_accounts, p_minutes)",
        "jsonb_build_array(p_kind, p_corrects, p_accounts, p_minutes)",
    ),
    "a repeat is told as new": (
        "select e.transfer_id, true, e.account_id",
        "select e.transfer_id, false, e.account_id",
    ),
    "a repeat gets its own number": (
        "select e.transfer_id, true, e.account_id",
        "select p_transfer, true, e.account_id",
    ),
    "keys per kind": (
        "constraint transfer_once unique (community_id, idem)",
        "constraint transfer_once unique (community_id, idem, kind)",
    ),
    "an exchange twice": (
        "create unique index transfer_exchange_once",
        "create index transfer_exchange_once",
    ),
    "corrected twice": (
        "create unique index transfer_corrected_once",
        "create index transfer_corrected_once",
    ),
    "correction unchecked": (
        "if p_kind = 'correction' then",
        "if false then",
    ),
    "correction of more": (
        " and abs(n.minutes) <= abs(o.minutes))",
        ")",
    ),
    "correction the same way": (
        "sign(o.minutes) = -sign(n.minutes) and",
        "",
    ),
    "correction on any account": (
        "and o.account_id = n.account_id\n       and sign",
        "and sign",
    ),
    "addition unchecked": (
        "if p_kind = 'addition' then",
        "if false then",
    ),
    "addition to a gift": (
        "and t.id = p_corrects and t.kind = 'exchange'\n     and t.exchange_id = p_exchange",
        "and t.id = p_corrects",
    ),
    "addition to another exchange": (
        "\n     and t.exchange_id = p_exchange",
        "",
    ),
    "addition for some": (
        "or p_accounts is distinct from (",
        "or false and p_accounts is distinct from (",
    ),
    "addition the other way round": (
        "where sign(o.minutes) <> sign(n.minutes)",
        "where false",
    ),
    "hours out of nothing": (
        "and (v_account.kind = 'issue') <> (p_kind = 'start' and p_minutes[i] < 0) then",
        "and false then",
    ),
    "start for another": (
        "p_idem <> 'start:' || v_account.id then",
        "false then",
    ),
    "gift on credit": (
        "and v_account.balance < ledger.held_minutes(",
        "and false and 0 < ledger.held_minutes(",
    ),
    "a note on credit": (
        "p_kind in ('gift', 'voucher') and p_minutes[i] < 0 and",
        "p_kind = 'gift' and p_minutes[i] < 0 and",
    ),
    "a note ended twice": (
        "(kind in ('redeemed', 'returned')) = starts_with(idem, 'voucher:')",
        "true",
    ),
    "hours on paper put right": (
        "and t.kind in ('voucher', 'redeemed', 'returned')) then",
        "and false) then",
    ),
    "anybody's hours on paper": (
        "if not ledger.voucher_account(p_kind, p_minutes[i], v_account.kind) then",
        "if false then",
    ),
    "a note that cannot come back": (
        "if v_account.kind = 'party' and p_kind <> 'returned' then",
        "if v_account.kind = 'party' then",
    ),
    "starting hours given at once": (
        "< (t.booked_at at time zone 'Europe/Amsterdam')::date + p_after_days",
        "< (t.booked_at at time zone 'Europe/Amsterdam')::date",
    ),
    "starting hours held a day longer": (
        "and p_day < (t.booked_at",
        "and p_day <= (t.booked_at",
    ),
    "sum unchecked": (
        "if (select sum(m) from unnest(p_minutes) m) <> 0 then",
        "if false then",
    ),
    "sum unchecked by the trigger": (
        "if v_transfer.total <> 0 then",
        "if false then",
    ),
    "entries added later": (
        "if v_transfer.sides <> (",
        "if v_transfer.sides < 0 and 0 <> (",
    ),
    "one-sided": (
        "v_sides < 2",
        "v_sides < 1",
    ),
    "any order": (
        "if p_accounts[i] <= p_accounts[i - 1] then",
        "if p_accounts[i] = p_accounts[i - 1] then",
    ),
    "nothing booked": (
        "check (minutes <> 0 and minutes between",
        "check (minutes between",
    ),
    "balance forgets": (
        "set balance = a.balance + p_minutes[i],",
        "set balance = p_minutes[i],",
    ),
    "balance of before": (
        "v_balances := v_balances || v_account.balance;",
        "v_balances := v_balances || v_account.balance - p_minutes[i];",
    ),
    "number skipped": (
        "seq = a.seq + 1",
        "seq = a.seq + 2",
    ),
    "any community": (
        "if p_community is distinct from current_setting('app.community')::bigint then",
        "if false then",
    ),
    "entries can be removed": (
        "entry_only_added before update or delete or truncate",
        "entry_only_added before update or truncate",
    ),
    "transfers can be changed": (
        "transfer_only_added before update or delete",
        "transfer_only_added before delete",
    ),
    "seals can be changed": (
        "seal_only_added before update or delete",
        "seal_only_added before delete",
    ),
    "seal without minutes": (
        "e.account_id, e.seq, e.transfer_id, e.minutes, e.balance_after,",
        "e.account_id, e.seq, e.transfer_id, e.balance_after,",
    ),
    "seal without times": (
        "extract(epoch from t.booked_at),",
        "",
    ),
    "seal without limits": (
        "e.balance_after, e.low, e.high,",
        "e.balance_after,",
    ),
    "seal skips a line": (
        "array_agg(coalesce(p.last_seq, 0) + 1 order by a.id)",
        "array_agg(coalesce(p.last_seq, -1) + 2 order by a.id)",
    ),
    "seals stand alone": (
        "p_community, v_last.number, p_sealed_at, v_last.hash, v_accounts",
        "p_community, v_last.number, p_sealed_at, null, v_accounts",
    ),
}


def broken(sql: str, name: str) -> str:
    """The ledger's source with one fault. Raises AssertionError when it does not fit any more."""
    good, bad = BROKEN[name]
    assert sql.count(good) == 1, f"{name}: {sql.count(good)} places to break"
    return sql.replace(good, bad)
