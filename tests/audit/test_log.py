"""Logboek: in words, paged, of one member; and what an admin may not learn from it."""

import ast
import re
from pathlib import Path

import pytest

from tests import makers_moderation
from tests.world import World
from timebank import audit
from timebank.audit.log_words import has_words
from timebank.kernel.ids import new_id

pytestmark = pytest.mark.anyio

CODE = Path(__file__).parent.parent.parent / "timebank"
NO_ACTS = re.compile(r"\.(html|py|css|js|svg|sql|toml)$")


def _acts() -> set[str]:
    """Acts in the code: whatever has the form of one and is given to a function that notes."""
    found = set()
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            values = [k.value for k in node.keywords if k.arg == "act"]
            if name.endswith("note") or name in ("_done", "_reopened"):
                values += node.args
            for value in values:
                for leaf in ast.walk(value):
                    if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
                        found.add(leaf.value)
    return {a for a in found if re.fullmatch(r"[a-z_]+\.[a-z_]+", a) and not NO_ACTS.search(a)}


def test_every_act_that_is_written_can_be_read() -> None:
    acts = _acts()
    assert {"role.granted", "post.hidden", "area.closed", "post.edited"} <= acts
    assert not {act for act in acts if not has_words(act) and act != "report.made"}


async def _note(world: World, act: str, **more: object) -> None:
    async with world.transaction() as db:
        await audit.note(db, community=world.community, act=act, now=world.clock(), **more)


async def test_lines_are_sentences_with_names_and_pages_follow_on(world: World) -> None:
    ada, fatima = await world.admin("Ada Beheer"), await world.worker("Fatima Bakir")
    anna = await world.member("Anna de Vries")
    for n in range(60):
        world.clock.move(minutes=1)
        await _note(
            world, "party.details" if n else "party.suspended", actor=fatima.id, subject=anna.id
        )
    browser = await ada.browser()
    page = await browser.page("/audit")
    assert "Veranderde gegevens." in page.text and "Anna de Vries" in page.text
    assert page.text.count("Veranderde gegevens.") == 1 and "(50 keer)" in page.text
    assert "Liet iemand nu niet meedoen." not in page.text
    more = next(link for link in page.links() if "before=" in link)
    older = await browser.page(more.removeprefix(f"/{world.slug}"))
    assert "Liet iemand nu niet meedoen." in older.text and "Maakte iemand beheerder." in older.text


async def test_one_member_is_found_by_number_and_a_wrong_number_stays(world: World) -> None:
    ada, anna = await world.admin("Ada Beheer"), await world.member("Anna de Vries")
    await world.member("Bram Bakker")
    browser = await ada.browser()
    page = await browser.page("/audit")
    wrong = await browser.submit(page, "/search", status=422, number="123")
    assert wrong.form("/search").data["number"] == "123"
    found = await browser.submit(page, "/search", number=anna.number)
    assert "Anna de Vries" in found.text and "Bram" not in found.text
    assert anna.number not in found.url
    await browser.page(f"/audit?member={new_id()}", status=404)


async def test_care_and_looks_name_nobody_and_the_filter_does_not_tell_either(
    world: World,
) -> None:
    ada, fatima = await world.admin("Ada Beheer"), await world.worker("Fatima Bakir")
    anna = await world.member("Geheime Geertje")
    for act in ("signal.looked", "contact.noted", "party.looked", "block.entered"):
        await _note(
            world, act, actor=fatima.id, subject=anna.id, on_behalf_of=anna.id,
            detail={"reason": "stil"},
        )  # fmt: skip
    browser = await ada.browser()
    page = await browser.page("/audit")
    rows = [row for row in page.html.split("<tr role") if "Fatima Bakir" in row]
    assert len([row for row in rows if "Schreef op dat er contact was" in row]) == 1
    assert not [row for row in rows if "Geertje" in row] and "stil" not in page.text
    of_her = await browser.page(f"/audit?member={anna.id}")
    assert "Fatima Bakir" not in of_her.text and "contact was" not in of_her.text
    of_worker = await browser.page(f"/audit?member={fatima.id}")
    assert "contact was" in of_worker.text and "Geertje" not in of_worker.text


async def test_who_reported_stands_nowhere_in_the_log(world: World) -> None:
    ada = await world.admin("Ada Beheer")
    bea = await world.admin("Bea Baas")
    anna = await world.member("Annabel Meldster")
    await makers_moderation.report(world, anna, "party", ada.id)
    [report] = await makers_moderation.reports(world)
    assert report["owner_id"] == bea.id
    await (await bea.browser()).page(f"/reports/{report['id']}")
    browser = await ada.browser()
    for path in ("/audit", f"/audit?member={anna.id}", f"/audit?member={ada.id}"):
        page = await browser.page(path)
        lines = [row for row in page.html.split("<tr role") if "elding" in row]
        assert not [row for row in lines if "Annabel" in row or str(report["id"]) in row]
        assert "report.made" not in page.text
    assert "Bekeek een melding." in (await browser.page("/audit")).text


async def test_what_reads_the_same_within_the_hour_is_one_line(world: World) -> None:
    ada, fatima = await world.admin("Ada Beheer"), await world.worker("Fatima Bakir")
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    for member, hand, minutes in (
        (anna, fatima, 0), (anna, fatima, 59), (anna, fatima, 2), (bram, fatima, 1), (bram, ada, 1),
        (bram, ada, 1),
    ):  # fmt: skip
        world.clock.move(minutes=minutes)
        await _note(world, "party.details", actor=hand.id, subject=member.id)
    page = await (await ada.browser()).page("/audit")
    assert page.text.count("Veranderde gegevens.") == 4
    assert page.text.count("(2 keer)") == 2


async def test_how_often_somebody_signs_in_is_no_admins_business(world: World) -> None:
    ada, anna = await world.admin("Ada Beheer"), await world.member("Anna de Vries")
    await anna.browser()
    await _note(world, "session.opened", actor=anna.id, subject=anna.id)
    browser = await ada.browser()
    for path in ("/audit", f"/audit?member={anna.id}"):
        assert "Logde in." not in (await browser.page(path)).text
    assert "Logde in." in (await (await anna.browser()).page("/parties/me/views")).text
