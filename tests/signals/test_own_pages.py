"""What a member reads about the worker's attention, and how a yes is taken back."""

import pytest

from tests.makers_signals import raised, rows_about, signal_of, spoke
from tests.world import World
from timebank import signals
from timebank.kernel.db import Pool, transaction
from timebank.worker import CHORES

pytestmark = pytest.mark.anyio


async def test_the_member_reads_why_who_looked_and_what_was_said(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await (await samira.browser()).page(f"/worklist/parties/{bep.id}")
    await spoke(world, samira, bep, words="Breit elke dag.", wish="meet")
    page = await (await bep.browser()).page("/parties/me/views")
    assert "Waarom wij aan u denken" in page.text
    assert "Twee vragen zonder antwoord." in page.text
    assert "Dit is een reden om te praten. Meer weten wij niet." in page.text
    assert "Breit elke dag." in page.text and "Samira Bouali" in page.text
    assert "Bekeek uw gegevens, om te bellen" in page.text
    assert "65" not in page.text and "score" not in page.html


async def test_who_acts_for_her_does_not_read_her_signal_or_notes(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await spoke(world, samira, bep, words="Breit elke dag.")
    browser = await samira.browser()
    page = await browser.page(f"/parties/{bep.id}/admin")
    await browser.submit(page, "/acting-for")
    page = await browser.page("/parties/me/views")
    assert "Breit" not in page.text and "Waarom wij aan u denken" not in page.text


@pytest.mark.parametrize("answer", ["no", "later"])
async def test_taking_a_yes_back_on_her_own_page_wipes_all_of_it(world: World, answer: str) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await spoke(world, samira, bep)
    browser = await bep.browser()
    page = await browser.page("/parties/me")
    page = await browser.submit(page, "/parties/me/consents", answer=answer)
    assert "Het geldt vanaf nu" in page.html
    assert await rows_about(world, bep) == {"signal": 0, "signal_score": 0, "contact": 0}
    views = await browser.page("/parties/me/views")
    assert "Waarom wij aan u denken" not in views.text


async def test_another_yes_keeps_everything(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await spoke(world, samira, bep)
    browser = await bep.browser()
    await browser.submit(await browser.page("/parties/me"), "/parties/me/consents", answer="yes")
    assert (await rows_about(world, bep))["contact"] == 1
    assert await signal_of(world, bep) is not None


async def test_the_job_role_may_run_and_the_run_is_among_the_chores(
    world: World, work_pool: Pool
) -> None:
    await world.worker("Samira Bouali")
    await raised(world, "Bep Molenaar")
    world.clock.move(days=1)
    async with transaction(work_pool, world.community) as db:
        await signals.run(db, community=world.community, now=world.clock())
        await signals.reassign(db, community=world.community, now=world.clock())
    assert {"signals.run", "signals.reassign"} <= {chore.name for chore in CHORES}
