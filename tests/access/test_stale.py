"""A form that stood open while what it changes was changed: nobody's words go without a question."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from tests import makers_exchanges as talks
from tests.makers_gatherings import gathering
from tests.makers_posts import need
from tests.world import Browser, World
from timebank import parties

pytestmark = pytest.mark.anyio

Made = tuple[Browser, str, str, str]
"""Who changes it, the page, where its form goes, and a field."""


async def _post(world: World) -> Made:
    anna = await world.member("Anna de Vries")
    post = await need(world, anna, "Wie snoeit mijn heg?")
    return await anna.browser(), f"/posts/{post}/edit", f"/posts/{post}", "title"


async def _details(world: World) -> Made:
    anna = await world.member(
        "Anna de Vries", likes="Wandelen", reachable_by="phone", phone="06-12345678",
        phone_key="+31612345678",
    )  # fmt: skip
    return await anna.browser(), "/parties/me/edit", "/parties/me", "likes"


async def _group(world: World) -> Made:
    samira = await world.worker("Samira Bouali")
    id_ = await gathering(world, samira)
    return await samira.browser(), f"/gatherings/{id_}/edit", f"/gatherings/{id_}", "title"


async def _helper(world: World) -> Made:
    joris = await world.admin("Joris Blom")
    path = f"/areas/{world.north}/helper"
    return await joris.browser(), path, path, "walk_in"


def _setting(name: str, field: str) -> Callable[[World], Awaitable[Made]]:
    async def made(world: World) -> Made:
        joris = await world.admin("Joris Blom")
        return await joris.browser(), f"/community/{name}", f"/community/{name}", field

    return made


WAYS: dict[str, Callable[[World], Awaitable[Made]]] = {
    "post": _post, "details": _details, "group": _group, "helper": _helper,
    "welcome": _setting("welcome", "welcome"), "periods": _setting("periods", "silence_days"),
    "terms": _setting("terms", "notes_days"), "letters": _setting("letters", "town"),
    "vouchers": _setting("vouchers", "valid_days"), "words": _setting("words", "nl_worker_one"),
}  # fmt: skip


@pytest.mark.parametrize("way", list(WAYS))
async def test_what_changed_meanwhile_is_not_written_over_without_a_question(
    world: World, way: str
) -> None:
    browser, path, action, field = await WAYS[way](world)
    first, second = (
        ("41", "43") if field.endswith("_days") else ("Eerste woorden", "Tweede woorden")
    )
    more = {"nl_worker_many": "Buren", "nl_worker_the": "de Buur"} if way == "words" else {}
    early, late = await browser.page(path), await browser.page(path)
    await browser.submit(early, action, **{field: first}, **more)
    page = await browser.submit(late, action, status=409, **{field: second}, **more)
    assert "Dit is veranderd terwijl u typte" in page.text
    assert page.form(action).data[field] == second
    assert (await browser.page(path)).form(action).data[field] == first
    await browser.submit(page, action)
    assert (await browser.page(path)).form(action).data[field] == second


async def test_what_was_emptied_stays_empty_when_the_form_comes_back(world: World) -> None:
    browser, path, action, _field = await _details(world)
    page = await browser.submit(
        await browser.page(path), action, status=422, full_name="", likes=""
    )
    assert page.form(action).data["likes"] == ""


async def test_today_and_tomorrow_mean_the_day_they_were_chosen_on(world: World) -> None:
    """A form from before midnight in Amsterdam, which is not midnight in UTC."""
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    id_ = await talks.talk(world, anna, bram)
    world.clock.at = datetime(2026, 3, 28, 22, 50, tzinfo=UTC)
    browser = await bram.browser(own_device=True)
    early = await browser.page(f"/exchanges/{id_}/proposals/new")
    world.clock.move(minutes=20)
    plan = {"on_choice": "tomorrow", "at": "14.00", "time_choice": "60"}
    page = await browser.submit(early, "/proposals", status=409, **plan)
    assert "Het is intussen zondag 29 maart." in page.text
    assert await _proposals(world) == 0
    sent = await browser.submit(page, "/proposals", **plan)
    assert "maandag 30 maart" in sent.text
    world.clock.move(days=1)
    await browser.submit(page, "/proposals", **plan)
    assert await _proposals(world) == 1


async def test_a_day_that_was_written_out_waits_for_no_midnight(world: World) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    id_ = await talks.talk(world, anna, bram)
    browser = await bram.browser(own_device=True)
    early = await browser.page(f"/exchanges/{id_}/proposals/new")
    world.clock.move(days=1)
    plan = {"on_choice": "other", "on_day": "20", "on_month": "3", "on_year": "2026"}
    page = await browser.submit(early, "/proposals", **plan, at="14.00", time_choice="60")
    assert "vrijdag 20 maart" in page.text


async def test_who_was_hidden_meanwhile_stays_so_when_an_older_page_is_sent(world: World) -> None:
    """A worker hides her on the phone, for her safety; her own page still says that she is found."""
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    early, late = await browser.page("/parties/me"), await browser.page("/parties/me")
    await browser.submit(early, "/parties/me/settings", hidden="1")
    page = await browser.submit(late, "/parties/me/settings", status=409, mail_whole="1")
    assert "Dit is veranderd terwijl u typte" in page.text
    form = page.form("/parties/me/settings").data
    assert form["mail_whole"] == "1" and "hidden" not in form, "as it was typed"
    async with world.transaction() as db:
        assert (await parties.party(db, world.community, anna.id)).hidden


async def _proposals(world: World) -> int:
    count: int = await world.owner.fetchval(
        "select count(*) from exchange_proposal where community_id = $1", world.community
    )
    return count
