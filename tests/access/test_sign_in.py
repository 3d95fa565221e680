"""Signing in and out."""

import pytest

from tests.world import PASSWORD, World

pytestmark = pytest.mark.anyio


async def test_a_member_signs_in_with_number_and_password(world: World) -> None:
    anna = await world.member("Anna de Vries", password=True)
    browser = world.browser()
    page = await browser.page("/session")
    start = await browser.submit(page, who=anna.number, password=PASSWORD)
    assert "Anna" in start.h1


async def test_a_wrong_password_keeps_what_was_typed_and_says_one_sentence(world: World) -> None:
    anna = await world.member("Anna de Vries", password=True)
    browser = world.browser()
    page = await browser.page("/session")
    again = await browser.submit(page, status=422, who=anna.number, password="fout wachtwoord")
    assert again.form().data["who"] == anna.number
    assert again.errors() and "horen niet bij elkaar" in again.errors()[0]


async def test_after_signing_out_the_session_is_dead(world: World) -> None:
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    page = await browser.page("/")
    form = next(f for f in page.forms() if f.action.endswith("/session/end"))
    token = browser.cookies[f"session-{world.slug}"]
    answer = await browser.post(form.action, data=form.data)
    assert answer.status_code == 303
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    other = world.browser()
    other.cookies.set(f"session-{world.slug}", token)
    assert "Anna" not in (await other.page("/")).html
