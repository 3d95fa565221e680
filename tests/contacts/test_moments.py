"""Contact moments: what for, how she was, who spoke and who typed; kept when the session ended."""

import pytest

from tests.makers_signals import notes_of, raised
from tests.world import PASSWORD, World
from timebank import access

pytestmark = pytest.mark.anyio


async def test_a_moment_typed_from_paper_has_two_names_and_the_member_reads_it(
    world: World,
) -> None:
    samira, joris = await world.worker("Samira Bouali"), await world.worker("Joris Blom")
    bep = await raised(world, "Bep Molenaar")
    browser = await samira.browser()
    page = await browser.page(f"/contacts/new?party={bep.id}")
    await browser.submit(
        page, "/contacts", heard="visit", topic="meet", mood="Opgewekt, maar moe.",
        spoke=str(joris.id), next_choice="2",
    )  # fmt: skip
    [note] = await notes_of(world, bep)
    assert (note.by_id, note.entered_by_id) == (joris.id, samira.id)
    assert (note.topic, note.mood, note.words) == ("meet", "Opgewekt, maar moe.", "")
    for path, who in ((f"/worklist/parties/{bep.id}", browser),
                      ("/parties/me/views", await bep.browser())):  # fmt: skip
        text = (await who.page(path)).text
        assert "Opgewekt, maar moe." in text and "Buren leren kennen." in text
        assert "Joris Blom, getypt door Samira Bouali" in text
    answer = await (await bep.browser()).get(f"/{world.slug}/parties/me/download")
    assert "Opgewekt, maar moe." in answer.text


async def test_only_a_colleague_of_that_neighbourhood_can_have_spoken(world: World) -> None:
    samira, evert = (
        await world.worker("Samira Bouali"),
        await world.worker("Evert Post", world.south),
    )
    wim = await world.member("Wim Kuipers")
    await world.worker("Joris Blom")
    browser = await samira.browser()
    page = await browser.page(f"/contacts/new?party={wim.id}")
    for other in (evert, wim):
        await browser.submit(page, "/contacts", status=409, heard="call", spoke=str(other.id))
    assert await notes_of(world, wim) == []


async def test_what_was_typed_is_there_again_after_the_session_ended(world: World) -> None:
    samira = await world.worker("Samira Bouali", password=True)
    wim = await world.member("Wim Kuipers")
    browser = await samira.browser()
    page = await browser.page(f"/contacts/new?party={wim.id}")
    async with world.transaction() as db:
        await access.close_all(db, community=world.community, party=samira.id, now=world.clock())
    page = await browser.submit(page, "/contacts", heard="call", words="Zijn heup doet het weer.")
    page = await browser.submit(page, "/session", who=samira.number, password=PASSWORD)
    assert page.form("/contacts").data["words"] == "Zijn heup doet het weer."
    await browser.submit(page, "/contacts")
    assert [n.words for n in await notes_of(world, wim)] == ["Zijn heup doet het weer."]


async def test_the_blank_form_has_a_first_name_and_a_number_and_its_print_is_written_down(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    page = await (await samira.browser()).page(f"/contacts/print?party={bep.id}")
    assert "Bep" in page.text and bep.number in page.text and "Wie sprak er:" in page.text
    assert "Molenaar" not in page.text and "ignaal" not in page.text and "antwoord" not in page.text
    printed = await world.owner.fetchval(
        "select count(*) from audit_entry where community_id = $1 and act = 'contact.printed'"
        " and subject_id = $2 and actor_id = $3", world.community, bep.id, samira.id,
    )  # fmt: skip
    assert printed == 1
    evert = await world.worker("Evert Post", world.south)
    answer = await (await evert.browser()).get(f"/{world.slug}/contacts/print?party={bep.id}")
    assert answer.status_code == 404
