"""How often one may try for one member: however the number is written, and without locking out who
knows the password."""

import pytest

from tests.world import PASSWORD, Browser, Member, World

pytestmark = pytest.mark.anyio
WRONG = "zomaar vier losse woorden"
OTHER = "paarse olifant fietst langzaam"


async def statuses(browser: Browser, path: str, tries: list[dict[str, str]]) -> list[int]:
    """How each of these tries is answered."""
    answers = []
    for typed in tries:
        form = (await browser.page(path)).form(path)
        answers.append((await browser.post(form.action, data=form.data | typed)).status_code)
    return answers


def spellings(number: str) -> list[str]:
    """A dozen ways to write one member number."""
    return [
        number, f"0{number}", f"000{number}", f"{number[:3]}.{number[3:]}", ".".join(number),
        f"{number[:3]}-{number[3:]}", f"{number[:3]}–{number[3:]}", " ".join(number), f" {number} ",
        f"00{number[:2]}-{number[2:]}", "".join(chr(0x660 + int(n)) for n in number),
        f"{number[:5]}.{number[5:]}",
    ]  # fmt: skip


async def test_every_spelling_of_a_number_counts_as_one_member(world: World) -> None:
    anna = await world.member("Anna de Vries", password=True)
    signing_in = [{"who": who, "password": WRONG} for who in spellings(anna.number)]
    assert await statuses(world.browser(), "/session", signing_in) == [422] * 10 + [429] * 2
    with_code = [
        {"number": who, "code": "234567892345", "password": OTHER} for who in spellings(anna.number)
    ]
    assert await statuses(world.browser(), "/code", with_code) == [422] * 10 + [429] * 2


async def test_every_spelling_of_an_address_counts_as_one(world: World) -> None:
    await world.member("Anna de Vries", password=True, email="anna@example.org")
    written = ["anna@example.org", "ANNA@example.org", " Anna@Example.org ", "anna@EXAMPLE.ORG"]
    tries = [{"who": who, "password": WRONG} for who in written * 3]
    assert await statuses(world.browser(), "/session", tries) == [422] * 10 + [429] * 2
    mails = [{"who": who} for who in written]
    assert await statuses(world.browser(), "/password/forgotten", mails) == [303] * 3 + [429]


async def test_what_is_no_number_is_counted_as_it_was_typed(world: World) -> None:
    tries = [{"who": f"anna{n}", "password": WRONG} for n in range(12)]
    assert await statuses(world.browser(), "/session", tries) == [422] * 12
