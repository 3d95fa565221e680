"""Who sees an exchange, who may act in it, and what a block, a worker or a stranger changes."""

from uuid import UUID

import pytest

from tests import makers_exchanges as makers
from tests import makers_posts
from tests.world import Browser, Member, World
from timebank import exchanges, parties
from timebank.exchanges import By
from timebank.kernel.refusals import Conflict, NotFound

pytestmark = pytest.mark.anyio

PAGES = [
    "", "/proposals/new", "/refusal", "/done", "/confirmation", "/disagreement", "/cancellation",
    "/no-show", "/closing", "/repair",
]  # fmt: skip
WRITES = [
    "/messages", "/proposals", "/agreement", "/refusal", "/done", "/confirmation",
    "/disagreement", "/cancellation", "/no-show", "/closing", "/repair",
]  # fmt: skip
FIELDS = {
    "words": "x", "time_choice": "60", "proposal": str(UUID(int=7)), "reason": "other",
    "minutes": "60", "round": "1", "what": "time",
}  # fmt: skip
NEEDED: dict[str, tuple[str, ...]] = {
    "/messages": ("words",), "/proposals": ("time_choice",), "/agreement": ("proposal",),
    "/refusal": (), "/done": ("time_choice",), "/confirmation": ("minutes", "round"),
    "/disagreement": ("what", "time_choice", "round"), "/cancellation": ("reason",),
    "/no-show": ("reason",), "/closing": ("reason",), "/repair": ("words",),
}  # fmt: skip


async def _token(browser: Browser) -> dict[str, str]:
    page = await browser.page("/exchanges")
    form = next(f for f in page.forms() if f.action.endswith("/session/end"))
    return {"_csrf": form.data["_csrf"]}


async def _all_404(browser: Browser, world: World, id_: UUID) -> None:
    for path in PAGES:
        await browser.page(f"/exchanges/{id_}{path}", status=404)
    token = await _token(browser)
    for path in WRITES:
        fields = {name: FIELDS[name] for name in NEEDED[path]}
        if path in ("/cancellation", "/no-show", "/closing"):
            fields["reason"] = "other"
        answer = await browser.post(f"/{world.slug}/exchanges/{id_}{path}", data=token | fields)
        assert answer.status_code == 404, path


async def test_a_stranger_meets_the_same_404_everywhere(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    stranger = await world.member("Piet Smit")
    id_ = await makers.done(world, ria, ahmed)
    browser = await stranger.browser()
    await _all_404(browser, world, id_)
    missing = await browser.get(f"/{world.slug}/exchanges/{UUID(int=1)}")
    hidden = await browser.get(f"/{world.slug}/exchanges/{id_}")
    assert missing.status_code == hidden.status_code == 404
    assert "Heg" not in (await browser.page("/exchanges")).text


async def test_p1_after_a_block_nothing_passes_either_way_and_a_worker_has_it(
    world: World,
) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    fatima = await world.worker("Fatima Bouali")
    id_ = await makers.planned(world, ria, ahmed)
    async with world.transaction() as db:
        now = world.clock()
        await parties.block(
            db, community=world.community, blocker=ria.id, blocked=ahmed.id, by=ria.id, now=now
        )
        handed = await exchanges.hand_to_worker(
            db, community=world.community, party=ria.id, other=ahmed.id, reason="blocked", now=now
        )
    assert handed == [id_]
    for member in (ria, ahmed):
        browser = await member.browser()
        await _all_404(browser, world, id_)
        assert "Heg" not in (await browser.page("/exchanges")).text
    hers = await (await fatima.browser()).page(f"/exchanges/{id_}")
    assert "Fatima Bouali doet dit" in hers.text
    assert "kunnen dit niet zelf afmaken" in hers.text
    need = await makers_posts.need(world, ria, "Lamp ophangen")
    with pytest.raises(NotFound):
        await makers.answer(world, need, ahmed)


async def test_a_third_member_is_untouched_by_a_block_between_two_others(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    bea = await world.member("Bea Smit")
    id_ = await makers.planned(world, ria, bea)
    async with world.transaction() as db:
        handed = await exchanges.hand_to_worker(
            db, community=world.community, party=ria.id, other=ahmed.id, reason="blocked",
            now=world.clock(),
        )  # fmt: skip
    assert handed == []
    assert (await makers.found(world, id_, bea)).next_action == "do"


async def test_workers_see_their_neighbourhood_without_the_talk_and_the_look_is_noted(
    world: World,
) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    here = await world.worker("Fatima Bouali")
    elsewhere = await world.worker("Joris Bos", world.south)
    admin = await world.admin("Anna Beheer")
    id_ = await makers.talk(world, ria, ahmed)
    browser = await here.browser()
    page = await browser.page(f"/exchanges/{id_}")
    assert "Heg snoeien" in page.text and "ik help graag" not in page.html
    assert "Heg snoeien" in (await browser.page("/exchanges/all")).text
    looks = await world.owner.fetchval(
        "select count(*) from audit_entry where community_id = $1 and act = 'exchange.looked_at'"
        " and actor_id = $2 and subject_id in ($3, $4)",
        world.community, here.id, ria.id, ahmed.id,
    )  # fmt: skip
    assert looks == 2
    other = await elsewhere.browser()
    await other.page(f"/exchanges/{id_}", status=404)
    await other.page(f"/exchanges/{id_}/settlement", status=404)
    assert "Heg" not in (await other.page("/exchanges/all")).text
    assert "Heg" in (await (await admin.browser()).page("/exchanges/all")).text
    await (await ria.browser()).page("/exchanges/all", status=404)


async def test_phone_and_place_show_only_from_agreed_until_a_week_after(world: World) -> None:
    ria = await world.member("Ria Jansen", phone="06 111 22 333", phone_key="+31611122333")
    ahmed = await world.member("Ahmed Yilmaz")
    browser = await ahmed.browser()
    id_ = await makers.talk(world, ria, ahmed)
    seen = []

    async def look() -> None:
        html = (await browser.page(f"/exchanges/{id_}")).html
        seen.append(("06 111 22 333" in html, "Rozenstraat 31" in html))

    await look()
    proposal = await makers.propose(
        world, id_, ahmed, on_date=world.clock().date(), meet_at="Rozenstraat 31"
    )
    await makers.agree(world, id_, ria, proposal)
    await look()
    await makers.say_done(world, id_, ahmed)
    await look()
    await makers.confirm(world, id_, ria)
    world.clock.move(days=7)
    browser = await ahmed.browser()
    await look()
    world.clock.move(days=1)
    browser = await ahmed.browser()
    await look()
    assert seen == [(False, False), (True, True), (True, True), (True, True), (False, False)]


async def _act_for(world: World, worker: Member, member: Member) -> Browser:
    browser = await worker.browser()
    session = await world.owner.fetchval(
        "select id from session where community_id = $1 and party_id = $2 order by made_at desc",
        world.community, worker.id,
    )  # fmt: skip
    await world.owner.execute(
        "update session set acting_for_id = $3 where community_id = $1 and id = $2",
        world.community, session, member.id,
    )  # fmt: skip
    return browser


async def test_a_worker_confirms_for_a_member_who_is_only_on_the_phone(world: World) -> None:
    ria = await world.member("Ria Jansen", reachable_by="phone")
    ahmed, fatima = await world.member("Ahmed Yilmaz"), await world.worker("Fatima Bouali")
    id_ = await makers.done(world, ria, ahmed)
    browser = await _act_for(world, fatima, ria)
    page = await browser.page(f"/exchanges/{id_}/confirmation")
    assert "U handelt nu voor Ria, nummer" in page.html.replace(
        '<bdi translate="no">Ria</bdi>', "Ria"
    )
    done = await browser.submit(page, "/confirmation")
    assert "Klaar. Ahmed hielp u" in done.text
    assert await makers.balances(world, ria, ahmed, fatima) == [240, 360, 300]
    log = await world.owner.fetchrow(
        "select actor_id, on_behalf_of_id, subject_id from audit_entry"
        " where community_id = $1 and act = 'exchange.confirmed'", world.community,
    )  # fmt: skip
    assert tuple(log) == (fatima.id, ria.id, ria.id)
    booked_by = await world.owner.fetchval(
        "select booked_by from transfer where community_id = $1 and exchange_id = $2",
        world.community, id_,
    )  # fmt: skip
    assert booked_by == fatima.id


async def test_what_a_worker_writes_and_agrees_for_a_member_has_both_names(world: World) -> None:
    ria = await world.member("Ria Jansen", reachable_by="phone")
    ahmed, fatima = await world.member("Ahmed Yilmaz"), await world.worker("Fatima Bouali")
    hand = makers.by(world, ria, fatima)
    id_ = await makers.talk(world, ria, ahmed)
    proposal = await makers.propose(world, id_, ahmed)
    async with world.transaction() as db:
        await exchanges.agree(db, hand, id_, proposal=proposal, now=world.clock())
    world.clock.move(days=7)
    await makers.say_done(world, id_, ahmed)
    async with world.transaction() as db:
        await exchanges.confirm(db, hand, id_, minutes=60, round_=1, now=world.clock())
        await exchanges.ask_repair(db, hand, id_, words="Het was korter.", now=world.clock())
    agreed = await world.owner.fetch(
        "select party_id, agreed_by_id from exchange_party where community_id = $1 and exchange_id = $2",
        world.community, id_,
    )  # fmt: skip
    assert {tuple(row) for row in agreed} == {(ria.id, fatima.id), (ahmed.id, ahmed.id)}
    for table, by in (("exchange_words", "by_id"), ("exchange_repair", "asked_by_id")):
        row = await world.owner.fetchrow(
            f"select {by}, entered_by_id from {table} where community_id = $1 and exchange_id = $2",
            world.community, id_,
        )  # fmt: skip
        assert tuple(row) == (ria.id, fatima.id), table


async def test_16_a_worker_gives_nothing_to_themselves_while_acting(world: World) -> None:
    ria, fatima = await world.member("Ria Jansen"), await world.worker("Fatima Bouali")
    id_ = await makers.done(world, ria, fatima)
    acting = By(world.community, ria.id, fatima.id)
    async with world.transaction() as db:
        with pytest.raises(Conflict):
            await exchanges.confirm(db, acting, id_, minutes=60, round_=1, now=world.clock())
    assert await makers.transfers(world, id_) == 0


async def test_a_worker_does_not_settle_an_exchange_of_their_own(world: World) -> None:
    ria, fatima = await world.member("Ria Jansen"), await world.worker("Fatima Bouali")
    id_ = await makers.done(world, ria, fatima)
    await (await fatima.browser()).page(f"/exchanges/{id_}/settlement", status=404)


async def test_a_suspended_or_dead_members_exchanges_lie_with_a_worker_and_stay_silent(
    world: World,
) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    fatima = await world.worker("Fatima Bouali")
    id_ = await makers.planned(world, ria, ahmed)
    async with world.transaction() as db:
        open_now = await exchanges.open_of(db, community=world.community, party=ria.id)
        await exchanges.hand_to_worker(
            db, community=world.community, party=ria.id, reason="deceased", now=world.clock()
        )
    assert [e.id for e in open_now] == [id_]
    before = await makers.told(world, ahmed)
    for _week in range(8):
        world.clock.move(days=7)
        await makers.chase(world)
    assert await makers.told(world, ahmed) == before
    with pytest.raises(Conflict):
        await makers.say_done(world, id_, ahmed)
    found = await makers.found(world, id_, ahmed)
    assert (found.owner_id, found.next_action) == (fatima.id, "take_over")


async def test_without_any_worker_an_admin_gets_what_is_stuck(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    anna = await world.admin("Anna Beheer")
    id_ = await makers.planned(world, ria, ahmed)
    async with world.transaction() as db:
        await exchanges.hand_to_worker(
            db, community=world.community, party=ria.id, reason="suspended", now=world.clock()
        )
    assert (await makers.found(world, id_, ahmed)).owner_id == anna.id
