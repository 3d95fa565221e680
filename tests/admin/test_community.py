"""Colour, words, periods and rules: what changes is shown, and seen at once."""

from typing import Any

import pytest

from tests.world import World
from timebank import hours

pytestmark = pytest.mark.anyio


async def test_a_colour_is_shown_first_and_then_seen_at_once(world: World) -> None:
    admin = await world.admin("Ada Beheer")
    browser = await admin.browser()
    page = await browser.page("/community/colour?hue=24")
    assert "/style.css?hue=24" in page.html
    assert "/style.css?hue=168" in (await browser.page("/")).html
    for hue in ("360", "-1", "blauw", ""):
        wrong = await browser.submit(page, "/colour", status=422, hue=hue)
        assert 'id="hue-error"' in wrong.html
    saved = await browser.submit(page, "/colour")
    assert "Het is bewaard" in saved.text
    front = await world.browser().page("/")
    assert "/style.css?hue=24" in front.html


async def test_welcome_and_periods_are_kept_with_the_rest(world: World) -> None:
    admin = await world.admin("Ada Beheer")
    browser = await admin.browser()
    page = await browser.page("/community/welcome")
    await browser.submit(page, "/welcome", welcome="Fijn dat u er bent.")
    page = await browser.page("/community/periods")
    wrong = await browser.submit(
        page, "/periods", status=422, post_days="10", post_warning_days="11", repair_days="0"
    )
    assert 'id="repair_days-error"' in wrong.html
    assert wrong.form("/periods").data["post_warning_days"] == "11"
    wrong = await browser.submit(
        page, "/periods", status=422, post_days="10", post_warning_days="11"
    )
    assert 'id="post_warning_days-error"' in wrong.html
    await browser.submit(page, "/periods", post_days="30")
    row = await world.owner.fetchrow(
        "select hue, welcome, post_days, reminder_days from community_profile"
        " where community_id = $1",
        world.community,
    )
    assert tuple(row) == (168, "Fijn dat u er bent.", 30, 14)


async def test_own_words_stand_in_every_sentence_and_need_all_forms(world: World) -> None:
    admin, anna = await world.admin("Ada Beheer"), await world.member("Anna de Vries")
    browser = await admin.browser()
    page = await browser.page("/community/words")
    wrong = await browser.submit(page, "/words", status=422, nl_pot_one="kistje")
    assert 'id="nl_pot_many-error"' in wrong.html
    assert wrong.form("/words").data["nl_pot_one"] == "kistje"
    assert 'id="nl_pot_the-error"' in wrong.html
    await browser.submit(
        page, "/words", nl_pot_one="kistje", nl_pot_many="kistjes", nl_pot_the="het kistje"
    )
    mine = await (await anna.browser()).page("/hours")
    assert "aan het kistje" in mine.text
    page = await browser.page("/community/words")
    assert page.form("/words").data["nl_pot_many"] == "kistjes"
    await browser.submit(page, "/words", nl_pot_one="", nl_pot_many="", nl_pot_the="")
    mine = await (await anna.browser()).page("/hours")
    assert "aan de buurtpot" in mine.text


@pytest.mark.parametrize("typed", ["-99999999999999999999", "12", "a1", "!!"])
async def test_an_own_word_is_made_of_letters(world: World, typed: str) -> None:
    browser = await (await world.admin("Ada Beheer")).browser()
    page = await browser.page("/community/words")
    forms = {f"nl_hour_{name}": typed for name in ("one", "many", "the")}
    wrong = await browser.submit(page, "/words", status=422, **forms, nl_pot_one="kistje")
    assert len(wrong.errors()) == 5 and "Schrijf een woord, met letters." in wrong.text
    assert (
        await world.owner.fetch(
            "select from community_word where community_id = $1", world.community
        )
        == []
    )


async def _rules(world: World) -> hours.Rules:
    async with world.transaction() as db:
        return await hours.rules(db, community=world.community)


async def test_rules_for_hours_show_what_changes_before_it_does(world: World) -> None:
    admin = await world.admin("Ada Beheer")
    await world.member("Anna de Vries")
    browser = await admin.browser()
    page = await browser.page("/community/hours")
    same = await browser.submit(page, "/hours", status=422)
    assert "niets veranderd" in same.errors()[0]
    check = await browser.submit(
        page, "/hours", hard_high="4 uur", soft_high="3 uur", starting="2u"
    )
    assert "60 uur" in check.text and "4 uur" in check.text
    assert "de nieuwe grenzen al voorbij: minder dan 5" in check.text
    assert (await _rules(world)).version == 1
    done = await browser.submit(check)
    again = await browser.submit(check)
    assert "gelden vanaf nu" in done.text and "al gedaan" in again.text
    rules = await _rules(world)
    assert (rules.version, rules.hard_high, rules.starting_minutes) == (2, 240, 120)


async def test_two_admins_who_change_the_rules_do_not_undo_each_other(world: World) -> None:
    browser = await (await world.admin("Ada Beheer")).browser()
    other = await (await world.admin("Bea Baas")).browser()
    mine, theirs = await browser.page("/community/hours"), await other.page("/community/hours")
    await other.submit(await other.submit(theirs, "/hours", starting="3 uur"))
    refused = await browser.submit(mine, "/hours", status=409, soft_low="7 uur")
    assert "net veranderd" in refused.errors()[0]
    assert refused.form("/hours").data["soft_low"] == "7 uur"
    assert (await _rules(world)).soft_low == -480


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"hard_low": "1 uur"}, "hard_low"),
        ({"hard_high": "1 uur"}, "hard_high"),
        ({"starting": "100 uur"}, "starting"),
        ({"starting": "veel"}, "starting"),
        ({"soft_low": ""}, "soft_low"),
        ({"unit": "7"}, "unit"),
        ({"give_away_after_days": "-1"}, "give_away_after_days"),
        ({"hard_high": "999999 uur"}, "hard_high"),
    ],
)
async def test_rules_that_cannot_be_are_said_beside_their_field(
    world: World, fields: dict[str, Any], wrong: str
) -> None:
    browser = await (await world.admin("Ada Beheer")).browser()
    page = await browser.page("/community/hours")
    answer = await browser.submit(page, "/hours", status=422, **fields)
    assert f'id="{wrong}-error"' in answer.html
    assert answer.form("/hours").data[wrong] == next(iter(fields.values())) or wrong == "unit"
    assert (await _rules(world)).version == 1
