"""Alles over mij: every column that is about a member is in the file, or left out for a reason."""

import json
import re
from typing import Any

import pytest

from tests import makers_exchanges as talks
from tests.house.rows import a_row_everywhere, put
from tests.house.test_erasing import CODES, WHOSE, text_columns
from tests.makers_introductions import wishes
from tests.makers_membership import act_for, send
from tests.makers_moderation import decide, report, reports
from tests.makers_posts import need
from tests.makers_signals import raised, spoke
from tests.world import Browser, Member, World
from timebank.kernel.data_classes import WORDS
from timebank.kernel.db import Db
from timebank.kernel.ids import new_id

pytestmark = pytest.mark.anyio

LEFT_OUT = {
    "person_change.phone_key": "made from the number",
    "credential.password_hash": "of no use to anybody but the site; when it was chosen is told",
    "demo_person.story": "the demo's own words about its made-up people",
    "draft.path": "an address on this site; the text itself is there",
    "exchange_words.by_others": "what others wrote is theirs, and stands in the talk",
    "form_key.key": "random, so that a second press does nothing twice; gone in a month",
    "form_key.location": "an address on this site, kept with the key",
    "introduction.reasons": "codes of why two may fit; it would tell of the other",
    "notice.details": "values of a sentence, which is there in words",
    "outbox.payload": "a mail on its way; it says what the file says, and is emptied when it went",
    "party.number": "there, under its heading",
    "person.sort_name": "made from the name, to sort by",
    "person.skeleton": "made from the name, to find doubles",
    "person.email_key": "made from the address",
    "person.phone_key": "made from the number",
    "post.stems": "made from title and text, to search by",
    "report_words.words": "about a member: the words would say who reported (what they wrote is there)",
    "signal_score.reasons": "the same reasons as of the signal, before there is one",
    "signal_told_words.who": "in whose words it is about somebody; what the member told is there",
    "signal_told_words.words": "what a neighbour told; what the member told themselves is there",
}
"""Columns of WORDS that the file does not hold as they are, and why."""

TABLES_SHOWN = {
    "account_exception": "Ruimere grenzen voor uw tijd", "area": "Waar buren u bellen",
    "audit_entry": "Wie keek en wat er gedaan is", "block": "Wie u niet wilt tegenkomen",
    "checkin": "Wat u zei over contact", "consent": "Antwoorden",
    "contact": "Wat u vertelde in een gesprek", "credential": "Uw wachtwoord",
    "draft": "Wat u typte en niet verstuurde", "erasure": "Vraag om uw gegevens te wissen",
    "exchange": "Afspraken", "exchange_party": "Afspraken", "exchange_proposal": "Wat u voorstelde",
    "exchange_repair": "Wat u vroeg te herstellen", "exchange_words": "Wat u schreef",
    "known_device": "Toestellen die wij kennen", "membership_appeal": "Wat u ons liet weten",
    "membership_leaving": "Stoppen en terugkomen", "membership_reason": "Redenen die wij u gaven",
    "mandate": "Wie u helpt, en wie u zelf helpt",
    "introduction": "Buren ontmoeten", "introduction_ask": "Buren ontmoeten",
    "introduction_wish": "Nieuwe buren",
    "message": "Wat u schreef", "notice": "Berichten van de site", "party": "Gegevens",
    "person": "Gegevens", "post": "Vragen en aanbod", "post_hiding": "Wat wij van de site haalden",
    "report": "Meldingen over u", "report_voice": "Wat u meldde", "report_words": "Wat u meldde",
    "role": "Taken", "session": "Waar u inlogde", "signal": "Waarom wij aan u dachten",
    "signal_mute": "Wanneer u rust wilt", "signal_step": "Waarom wij aan u dachten",
    "signal_told": "Wat u vertelde aan wie hier werkt", "ticket": "Codes om in te loggen",
    "attendance": "Waar u bij was", "gathering": "Groepen", "gathering_guest": "Groepen",
    "member_card": "Uw kaart", "message_held": "Berichten die wachten",
    "person_change": "Zo bereiken wij u vanaf morgen",
    "account": "Uw tijd", "transfer": "Uw tijd", "voucher": "Tijd op papier",
}  # fmt: skip
"""Tables that point at a party, and the heading under which a member finds their part."""

TABLES_LEFT_OUT = {
    "introduction_step": "who did what stands in the log; what was asked and said is there",
    "gathering_day": "who ticked the list of a group says nothing more of the one who ticked",
    "hours_rule": "which admin set the rules of the community stands in the log",
    "contact_aside": "that a worker knows the member in private is the worker's own",
    "contact_sealed": "to which worker earlier talks stay closed; the talks are there",
    "desk_line": "which colleague does a line of the work list says nothing of a member",
    "desk_visit": "when a worker last opened the work list is the team's own",
    "demo_person": "the demo's own words about its made-up people",
    "not_alike": "says of two members that they are two: the other is no business of this one",
    "signal_chance": "measures the rule; whether rule or chance named somebody must stay unknown",
    "signal_decision": "what an admin decided for the community, in the log",
    "signal_score": "the reasons, before there is a signal; no figure is shown to anybody",
    "welcome_done": "that a worker found no first talk needed stands in the log",
    "tie_meeting": "made from confirmed appointments, which are there",
}
"""Tables that point at a party and are not in the file, and why."""


async def file_of(browser: Browser) -> dict[str, Any]:
    """The member's own file."""
    answer = await browser.get(f"/{browser.slug}/parties/me/download")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.content)
    return found


async def test_every_table_that_points_at_a_member_is_shown_or_left_out_for_a_reason(
    world: World, owner: Db
) -> None:
    found = {
        row["name"]
        for row in await owner.fetch(
            "select distinct c.relname::text as name from pg_constraint x"
            " join pg_class c on c.oid = x.conrelid join pg_class r on r.oid = x.confrelid"
            " where x.contype = 'f' and r.relname = 'party'"
        )
    } | {"party", "audit_entry", "account"}
    assert found == set(TABLES_SHOWN) | set(TABLES_LEFT_OUT)
    anna = await world.member("Anna de Vries")
    assert set(TABLES_SHOWN.values()) <= set(await file_of(await anna.browser()))


async def mark_all(owner: Db, world: World, member: Member) -> dict[str, str]:
    """A mark of its own in every column of WORDS that is this member's, by column."""
    kinds = {(t, c): k for t, cols in (await text_columns(owner)).items() for c, k in cols}
    marks: dict[str, str] = {}
    for table, columns in WORDS.items():
        for number, column in enumerate(columns):
            if (table, column) in CODES or table == "notice":
                continue
            mark = f"merk{table.replace('_', '')}{number}x"
            kind = kinds[table, column]
            value = {
                "tsvector": "to_tsvector('simple', $3)",
                "jsonb": f"{column} || jsonb_build_object('words', jsonb_build_array($3::text))",
            }.get(kind, "$3::text")
            if table.startswith(("signal", "introduction")) and kind == "jsonb":
                continue  # codes; the words are made from them
            await owner.execute(
                f'update "{table}" x set {column} = {value}'
                f" where x.community_id = $1 and ({WHOSE[table]})",
                world.community, member.id, mark,
            )  # fmt: skip
            marks[f"{table}.{column}"] = mark
    return marks


async def test_every_word_about_a_member_is_in_the_file_or_left_out_for_a_reason(
    world: World, owner: Db
) -> None:
    await world.admin("Joris Smit")
    worker = await world.worker("Samira Bouali")
    annie, other = await world.member("Annie Zomer"), await world.member("Bram Bakker")
    await a_row_everywhere(world, annie, other, worker)
    await owner.execute("delete from signal where community_id = $1", world.community)
    marks = await mark_all(owner, world, annie)
    browser = await annie.browser()
    text = json.dumps(await file_of(browser), ensure_ascii=False)
    page = (await browser.page("/parties/me/file")).html
    missing = {column for column, mark in marks.items() if mark not in text}
    assert missing == missing & set(LEFT_OUT)
    there = {column for column in marks if column not in missing}
    assert len(there) > 25
    assert {column for column in there if marks[column] not in page} == set()


async def test_the_file_says_that_something_was_reported_and_never_who_or_when(
    world: World, owner: Db
) -> None:
    """P2."""
    samira = await world.worker("Samira Bouali")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Melder")
    post = await need(world, anna, "Wie leent mij iets?")
    await report(world, piet, "post", post, words="Dit vind ik een nare vraag")
    found = await file_of(await anna.browser())
    assert found["Meldingen over u"] == [], "while it is looked at"
    [made] = await reports(world)
    await decide(await samira.browser(), made["id"], outcome="left", words="")
    found = await file_of(await anna.browser())
    assert found["Meldingen over u"] == [
        {"In de maand vanaf": "2026-03-01", "Hoe het afliep": "Het mag blijven staan"}
    ]
    text = json.dumps(found, ensure_ascii=False)
    for secret in ("Piet", "nare vraag", str(made["id"]), str(piet.id)):
        assert secret not in text
    mine = await file_of(await piet.browser())
    assert mine["Wat u meldde"][0]["Tekst"] == "Dit vind ik een nare vraag"


async def test_what_was_said_in_a_talk_is_there_and_who_blocked_is_not(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    dirk = await world.member("Dirk Jansen")
    await spoke(world, samira, bep, words="Het is stil op zondag.", wish="meet")
    await talks.confirmed(world, bep, dirk)
    await send(await dirk.browser(), f"/parties/{bep.id}/block", "/block")
    found = await file_of(await bep.browser())
    [talk] = found["Wat u vertelde in een gesprek"]
    assert talk["Tekst"] == "Het is stil op zondag." and "Samira Bouali" in talk["Door"]
    [why] = found["Waarom wij aan u dachten"]
    assert why["Waarom"] and why["Wat er gebeurde"]
    assert found["Wie u niet wilt tegenkomen"] == []
    assert "blok" not in json.dumps(found["Wie keek en wat er gedaan is"]).lower()


async def test_who_acts_for_a_member_does_not_get_what_she_alone_reads(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await spoke(world, samira, bep, words="Het is stil op zondag.")
    found = await file_of(await act_for(samira, bep))
    assert found["Gegevens"]["Naam"] == "Bep Molenaar"
    assert "Wat u vertelde in een gesprek" not in found
    assert "stil op zondag" not in json.dumps(found)


async def test_a_neighbours_worry_is_in_the_file_of_who_told_it_alone(
    world: World, owner: Db
) -> None:
    samira = await world.worker("Samira Bouali")
    bep, piet = await world.member("Bep Molenaar"), await world.member("Piet Melder")
    worry = new_id()
    await put(
        world, "signal_told", id=worry, kind="worry", by_id=piet.id, area_id=world.north,
        party_id=bep.id, owner_id=samira.id, due_on=world.clock().date(), at=world.clock(),
    )  # fmt: skip
    await put(world, "signal_told_words", told_id=worry, words="De gordijnen blijven dicht.")
    his = json.dumps(await file_of(await piet.browser()))
    hers = json.dumps(await file_of(await bep.browser()))
    assert "gordijnen" in his and "gordijnen" not in hers and "Piet" not in hers


async def test_the_page_reads_like_words_not_codes(world: World) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    await need(world, anna, "Wie past op de kat?")
    await talks.planned(world, anna, bram, "Heg snoeien")
    await wishes(world, anna, languages=("tr", "pl"))
    page = await (await anna.browser()).page("/parties/me/file")
    for words in (
        "Wie past op de kat?",
        "Heg snoeien",
        "Bram",
        "afgesproken",
        "te zien",
        "met tijd",
        "Türkçe en Polski",
    ):
        assert words in page.text
    for code in ("planned", "hours", "worker_call", "open_"):
        assert code not in page.text
    assert "Nederlands" in page.text and "dinsdag 10 maart" in page.text
    for machine in (r"\d{4}-\d\d-\d\d", r"[0-9a-f]{8}-[0-9a-f]{4}-", r"Minuten \d", r"Code\b"):
        assert not re.search(machine, page.text), machine
    assert "/parties/me/file" in str((await (await anna.browser()).page("/parties/me")).links())
