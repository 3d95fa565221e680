"""How often one may try for one member: however the number is written, and without locking out who
knows the password."""

import pytest

from tests.world import PASSWORD, Browser, World
from timebank import access

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


async def test_good_sign_ins_on_new_devices_do_not_shut_a_member_out(world: World) -> None:
    anna = await world.member("Anna de Vries", password=True)
    right = {"who": anna.number, "password": PASSWORD}
    for _device in range(12):
        assert await statuses(world.browser(), "/session", [right]) == [303]
    wrong = {"who": anna.number, "password": WRONG}
    assert await statuses(world.browser(), "/session", [wrong] * 9) == [422] * 9
    assert await statuses(world.browser(), "/session", [right]) == [303]
    ten_wrong = await statuses(world.browser(), "/session", [wrong] * 2)
    assert ten_wrong == [422, 429], "a good sign-in gives its own try back, and no guess"


async def test_the_network_is_counted_whether_or_not_the_password_was_right(world: World) -> None:
    anna = await world.member("Anna de Vries", password=True)
    right = {"who": anna.number, "password": PASSWORD}
    answers = [
        status
        for _n in range(27)
        for status in await statuses(world.browser(), "/session", [right])
    ]
    assert answers == [303] * 25 + [429] * 2


async def test_who_proves_the_password_often_stays_in(world: World) -> None:
    anna = await world.member("Anna de Vries", password=True)
    browser = await anna.browser()
    for _time in range(12):
        page = await browser.page("/session/proof")
        await browser.submit(page, "/session/proof", status=303, follow=False, password=PASSWORD)


@pytest.mark.parametrize("sharing", [0, 1, 2, 4])
async def test_every_try_compares_as_many_passwords_whoever_shares_the_address(
    world: World, sharing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.applicant("Nina Nieuw", email="samen@example.org")
    members = [
        await world.member(f"{name} Smit", email="samen@example.org")
        for name in ("Anna", "Bram", "Cor", "Dien")[:sharing]
    ]
    for n, member in enumerate(members):
        await world.give_password(member, f"{OTHER} {n}")
    compared = []
    really = access.Hasher.verify

    async def counted(self: access.Hasher, stored: str | None, password: str) -> bool:
        compared.append(stored)
        return await really(self, stored, password)

    monkeypatch.setattr(access.Hasher, "verify", counted)
    by_address = {"who": "samen@example.org", "password": f"{OTHER} 0"}
    opens = 303 if 1 <= sharing <= 2 else 422
    assert await statuses(world.browser(), "/session", [by_address]) == [opens]
    assert len(compared) == 2
    browser = world.browser()
    page = await browser.page("/session")
    wrong = await browser.submit(page, status=422, who="samen@example.org", password=WRONG)
    assert len(compared) == 4 and "Log dan in met uw nummer" in wrong.errors()[0]
    for n, member in enumerate(members):
        by_number = {"who": member.number, "password": f"{OTHER} {n}"}
        assert await statuses(world.browser(), "/session", [by_number]) == [303]
    assert len(compared) == 4 + 2 * sharing
