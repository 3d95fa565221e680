"""The list of who works here: on paper, left lying, passed on, taken over."""

from typing import Any
from uuid import uuid4

import pytest

from tests.makers_papers import letter_news
from tests.makers_signals import raised, signal_of, spoke
from tests.world import World
from timebank import notices

pytestmark = pytest.mark.anyio


async def test_r4_the_list_on_paper_has_no_reason_and_no_word_of_a_signal(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    page = await (await samira.browser()).page("/worklist/print")
    assert "Bep" in page.text and bep.number in page.text and "Bellen" in page.text
    assert "Molenaar" not in page.text and "ignaal" not in page.text and "antwoord" not in page.text
    assert "Versnipper" in page.text
    printed = await world.owner.fetchval(
        "select count(*) from audit_entry where community_id = $1 and act = 'worklist.printed'"
        " and actor_id = $2", world.community, samira.id,
    )  # fmt: skip
    assert printed == 1


async def test_w4_what_a_colleague_left_lying_heads_the_list_and_is_taken_over_in_one_act(
    world: World,
) -> None:
    samira, joris = await world.worker("Samira Bouali"), await world.worker("Joris Blom")
    bep = await raised(world, "Bep Molenaar")
    wim = await world.member("Wim Kuipers")
    found = await signal_of(world, bep)
    assert found is not None
    away, here = (samira, joris) if found.owner_id == samira.id else (joris, samira)
    await spoke(world, away, wim, follow_up_on=(world.clock().date()).replace(day=28))
    world.clock.move(days=40)
    browser = await here.browser()
    page = await browser.page("/worklist")
    assert "Te laat" in page.text and "Bep Molenaar" in page.text and "Wim Kuipers" in page.text
    page = await browser.page("/worklist?show=all")
    await browser.submit(page, "/worklist/owner")
    owners = await world.owner.fetch(
        "select owner_id from signal where community_id = $1 union"
        " select owner_id from contact where community_id = $1", world.community,
    )  # fmt: skip
    assert {row["owner_id"] for row in owners} == {here.id}


async def test_what_somebody_should_hear_by_phone_is_passed_on_with_one_button(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    anna, riet = await world.member("Anna de Vries"), await world.member("Riet Smit")
    wim = await world.member("Wim Kuipers", reachable_by="phone")
    await letter_news(world, wim, anna)
    browser = await samira.browser()
    page = await browser.page("/worklist")
    assert sum("/delivery" in form.action for form in page.forms()) == 1, "one line a member"
    assert "Doorgeven aan Wim Kuipers" in page.text
    assert "Anna vraagt of dit klopt" in page.text
    await letter_news(world, wim, riet)
    page = await browser.submit(page, "/delivery")
    assert "Bewaard: dit is doorgegeven." in page.html
    assert "Riet vraagt of dit klopt" in page.text and "Anna" not in page.text
    await browser.submit(page, "/delivery")
    page = await browser.page("/worklist")
    assert "Wim" not in page.text
    passed = await world.owner.fetchval(
        "select count(*) from notice where community_id = $1 and party_id = $2"
        " and delivered_by_id = $3", world.community, wim.id, samira.id,
    )  # fmt: skip
    assert passed == 6


async def test_another_neighbourhoods_worker_passes_nothing_on(world: World) -> None:
    await world.worker("Samira Bouali")
    anna, wim = await world.member("Anna de Vries"), await world.member("Wim Kuipers")
    evert = await world.worker("Evert Post", world.south)
    papier = await world.member("Piet Papier", reachable_by="paper")
    await letter_news(world, papier, anna)
    browser = await evert.browser()
    assert "Piet" not in (await browser.page("/worklist?show=all")).text
    token = (await browser.page("/sessions")).forms()[0].data["_csrf"]
    for id_ in (papier.id, wim.id, uuid4()):
        answer_ = await browser.post(
            f"/{world.slug}/worklist/parties/{id_}/delivery",
            data={"_csrf": token, "seen": str(uuid4())},
        )
        assert answer_.status_code == 404


async def test_an_applicant_waits_on_the_desk_of_one_worker_and_others_see_it(
    world: World,
) -> None:
    samira, fatima = await world.worker("Samira Bouali"), await world.admin("Fatima Zahra")
    evert = await world.worker("Evert Post", world.south)
    await world.applicant("Desta Tesfaye")
    for member, own, all_ in (
        (samira, True, True), (fatima, False, True), (evert, False, False),
    ):  # fmt: skip
        for path, seen in (("/worklist", own), ("/worklist?show=all", all_)):
            page = await (await member.browser()).page(path)
            assert ("Kennismaken met Desta Tesfaye" in page.text) is seen


async def test_a_neighbourhood_without_a_worker_is_the_admins_to_mend(world: World) -> None:
    fatima = await world.admin("Fatima Zahra")
    await world.member("Bep Molenaar")
    assert "Noord heeft geen buurtwerker" in (await (await fatima.browser()).page("/worklist")).text
    await world.worker("Samira Bouali")
    assert "heeft geen" not in (await (await fatima.browser()).page("/worklist")).text


async def test_of_two_who_pass_on_at_once_one_did_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The colleague presses between the look at what waits and the passing on."""
    samira = await world.worker("Samira Bouali")
    wim = await world.member("Wim Kuipers", reachable_by="phone")
    await letter_news(world, wim, await world.member("Anna de Vries"))
    browser = await samira.browser()
    page = await browser.page("/worklist")
    looked = notices.to_pass_on

    async def then_a_colleague_did(*args: Any, **more: Any) -> Any:
        found = await looked(*args, **more)
        await world.owner.execute(
            "update notice set delivered_at = $2, delivered_by_id = party_id"
            " where community_id = $1", world.community, world.clock(),
        )  # fmt: skip
        return found

    monkeypatch.setattr(notices, "to_pass_on", then_a_colleague_did)
    form = page.form("/delivery")
    answer_ = await browser.post(form.action, data=form.data)
    assert answer_.headers["location"].endswith("said=already")
    logged = await world.owner.fetchval(
        "select count(*) from audit_entry where community_id = $1 and act = 'notice.passed_on'",
        world.community,
    )
    assert logged == 0
