"""A row in every table that holds words, for one member who also worked here."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.world import Member, World
from timebank.kernel.ids import new_id


async def put(world: World, table: str, **values: Any) -> None:
    """One row, as the owner."""
    names = ["community_id", *values]
    marks = ", ".join(f"${n}" for n in range(1, len(names) + 1))
    await world.owner.execute(
        f"insert into {table} ({', '.join(names)}) values ({marks})",
        world.community, *values.values(),
    )  # fmt: skip


async def a_row_everywhere(world: World, annie: Member, other: Member, worker: Member) -> None:
    """Annie has a row in each table of `data_classes.WORDS`, also as somebody who worked here."""
    await _ways_in(world, annie.id)
    post = await _a_post(world, annie, worker)
    await _a_talk(world, annie, other, post)
    for about, hand in ((annie.id, worker.id), (other.id, annie.id)):
        await _work(world, about, hand)
    await _reported(world, annie, worker)
    await _signal(world, annie.id)
    for party, with_ in ((annie, other), (other, annie)):
        await put(
            world, "introduction", id=new_id(), party_id=party.id, other_id=with_.id,
            state="closed", state_at=world.clock(), reasons='["x"]', outcome="declined",
            closed_on=world.clock().date(), made_by_id=worker.id, made_on=world.clock().date(),
        )  # fmt: skip
    transfer = await world.owner.fetchval(
        "select t.id from transfer t join entry e on e.community_id = $1 and e.transfer_id = t.id"
        " where t.community_id = $1 and e.account_id = $2 and t.booked_by = $2 limit 1",
        world.community, annie.id,
    )  # fmt: skip
    await put(world, "transfer_words", transfer_id=transfer, words="x")


async def _ways_in(world: World, party: UUID) -> None:
    now = world.clock()
    await world.owner.execute(
        "update person set email = 'a@b.nl', email_key = 'a@b.nl', phone = '06 1', phone_key = '061',"
        " postcode = '9797 QX' where community_id = $1 and party_id = $2", world.community, party,
    )  # fmt: skip
    await world.owner.execute(
        "update area set helper_id = $2, helper_phone = '06' where community_id = $1 and id = $3",
        world.community, party, world.north,
    )  # fmt: skip
    await put(
        world, "person_change", party_id=party, id=new_id(), email="x", phone="x", phone_key="x",
        reachable_by="app", reach_words="x", street="x", by_id=party, at=now,
        due_at=now + timedelta(days=1),
    )  # fmt: skip
    await put(world, "credential", party_id=party, password_hash="x", changed_at=now)
    await put(world, "demo_person", party_id=party, place=1, story="x")
    await put(world, "draft", id=new_id(), party_id=party, path="x", fields="{}", made_at=now)
    await put(
        world, "form_key", owner=party.bytes, key="k123456789abcdefgh", made_at=now, location="x"
    )
    await put(
        world, "session", id=new_id(), token_hash=b"1", party_id=party, csrf=b"1", device="x",
        own_device=False, made_at=now, seen_at=now, expires_at=now, proven_at=now,
    )  # fmt: skip
    for failed_at in (None, now):
        await put(
            world, "outbox", id=new_id(), kind="mail.moved", payload=json.dumps({"party": str(party)}),
            made_at=now, due_at=now, failed_at=failed_at,
        )  # fmt: skip
    await put(
        world, "notice", id=new_id(), party_id=party, kind="pause_over", details="{}", made_at=now,
        way="page",
    )  # fmt: skip


async def _a_post(world: World, annie: Member, worker: Member) -> UUID:
    id_, now = new_id(), world.clock()
    await put(
        world, "post", id=id_, direction="need", state="open", by_id=annie.id,
        entered_by_id=annie.id, title="x", area_id=world.north, created_at=now, state_at=now,
        expires_on=now.date() + timedelta(days=9), stems="",
    )  # fmt: skip
    await put(
        world, "post_hiding", id=new_id(), post_id=id_, reason="rude", words="x",
        by_id=worker.id, at=now,
    )  # fmt: skip
    return id_


async def _a_talk(world: World, annie: Member, other: Member, post: UUID) -> None:
    id_, now = new_id(), world.clock()
    await put(
        world, "exchange", id=id_, state="closed", mode="gift", post_id=post, area_id=world.north,
        started_by_id=other.id, entered_by_id=other.id, title="x", meet_at="x",
        end_reason="other", state_at=now, created_at=now,
    )  # fmt: skip
    for party in (annie.id, other.id):
        await put(world, "exchange_party", exchange_id=id_, party_id=party, gives=True, gets=True)
    await put(
        world, "exchange_proposal", id=new_id(), exchange_id=id_, by_id=annie.id,
        entered_by_id=annie.id, minutes=60, made_at=now,
    )  # fmt: skip
    await put(
        world, "exchange_words", id=new_id(), exchange_id=id_, by_id=annie.id,
        entered_by_id=annie.id, kind="thanks",
        words="x", at=now,
    )  # fmt: skip
    await put(
        world, "message_held", id=new_id(), from_id=annie.id, to_id=other.id, exchange_id=id_,
        words="x", language="nl", at=now,
    )  # fmt: skip
    await put(
        world, "message", id=new_id(), exchange_id=id_, from_id=annie.id, entered_by_id=annie.id,
        words="x", language="nl", at=now,
    )  # fmt: skip


async def _work(world: World, about: UUID, hand: UUID) -> None:
    """What somebody who works here writes about a member."""
    now, exception = world.clock(), new_id()
    await put(
        world, "membership_reason", id=new_id(), party_id=about, kind="restored", words="x",
        by_id=hand, at=now,
    )  # fmt: skip
    for purpose in ("attention", "practical"):
        contact = new_id()
        await put(
            world, "contact", id=contact, party_id=about, by_id=hand, entered_by_id=hand,
            purpose=purpose, way="call", outcome="held", held_on=now.date(), at=now,
        )  # fmt: skip
        await put(world, "contact_words", contact_id=contact, words="x", mood="x")
    await put(
        world, "account_exception", id=exception, account_id=about, high=9999,
        starts_on=now.date(), ends_on=now.date(), granted_by=hand, granted_at=now,
    )  # fmt: skip
    await put(world, "account_exception_words", exception_id=exception, reason="x")


async def _reported(world: World, annie: Member, worker: Member) -> None:
    now, report = world.clock(), new_id()
    await put(
        world, "membership_appeal", id=new_id(), party_id=annie.id, words="x", at=now,
        owner_id=worker.id, due_on=now.date(),
    )  # fmt: skip
    await put(
        world, "report", id=report, about_kind="party", about_id=annie.id, subject_id=annie.id,
        area_id=world.north, owner_id=worker.id, due_on=now.date(), made_at=now,
    )  # fmt: skip
    for hand in (annie.id, worker.id):
        await put(
            world, "report_words", id=new_id(), report_id=report, by_id=hand, kind="note",
            words="x", at=now,
        )  # fmt: skip


async def _signal(world: World, party: UUID) -> None:
    now = world.clock()
    await put(
        world, "signal", id=new_id(), party_id=party, state="lapsed", state_at=now,
        opened_on=now.date(), version=1, score=50, reasons='["x"]', reasons_on=now.date(),
        closed_on=now.date(),
    )  # fmt: skip
    await put(world, "signal_score", party_id=party, version=1, score=50, reasons='["x"]')
    area = await world.owner.fetchval("select area_id from person where party_id = $1", party)
    worry = new_id()
    await put(
        world, "signal_told", id=worry, kind="worry", by_id=party, area_id=area, owner_id=party,
        due_on=now.date(), at=now,
    )  # fmt: skip
    await put(world, "signal_told_words", told_id=worry, who="x", words="x")
