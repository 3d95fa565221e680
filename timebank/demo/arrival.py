"""How somebody comes in: they ask, an admin answers, they get a number, hours and a password."""

from datetime import timedelta
from uuid import UUID

from timebank import access, hours, parties
from timebank.demo.people import Neighbour
from timebank.demo.stage import Story, Town
from timebank.kernel.dates import local_date
from timebank.kernel.phones import phone_key


def details_of(town: Town, person: Neighbour) -> parties.Details:
    """What they fill in about themselves."""
    return parties.Details(
        full_name=person.full_name, call_name=person.call_name, area_id=town.areas[person.area],
        place_id=town.place_of(person), email=person.email, phone=person.phone,
        phone_key=phone_key(person.phone) if person.phone else None, reachable_by=person.reach,
        reach_words=person.reach_words, language=person.language, birth_year=person.born,
        likes=person.likes, dislikes=person.dislikes, street=person.street,
        postcode=person.postcode,
    )  # fmt: skip


async def asks(town: Town, person: Neighbour, entered_by: UUID | None) -> None:
    """They ask to join, at the site or with a worker at the table."""
    person.id = await parties.apply(
        town.db, community=town.community, details=details_of(town, person), now=town.now,
        kind=person.kind, entered_by=entered_by,
    )  # fmt: skip
    if person.consent is not None:
        await parties.answer_worker_call(
            town.db, community=town.community, party=person.id, answer=person.consent,
            way="page" if entered_by is None else "visit", asked_by=entered_by, now=town.now,
        )  # fmt: skip


async def comes_in(town: Town, person: Neighbour, by: UUID | None, password_hash: str) -> None:
    """They are let in, can sign in and have their starting hours."""
    person.number = await parties.admit(
        town.db, community=town.community, party=person.id, by=by, now=town.now
    )
    await hours.open_account(
        town.db, community=town.community, party=person.id, booked_by=by or person.id, now=town.now
    )
    await access.set_password(
        town.db, community=town.community, party=person.id, hash_=password_hash, now=town.now
    )
    if person.role is not None:
        await access.grant_role(
            town.db, community=town.community, party=person.id, kind=person.role,
            area=town.areas[person.area] if person.role == "worker" else None,
            starts_on=local_date(town.now), ends_on=None, by=by, now=town.now,
        )  # fmt: skip


async def joins(town: Town, person: Neighbour, password_hash: str) -> Story:
    """From the question to the first day; those who work here need nobody to let them in."""
    if person.role is not None:
        await asks(town, person, None)
        await comes_in(town, person, None, password_hash)
        return
    await asks(town, person, None if person.online else town.worker_of(person).id)
    yield town.later(0, 3)
    admin = next(p for p in town.folk if p.role == "admin" and p.number)
    await comes_in(town, person, admin.id, password_hash)


async def waits(town: Town, person: Neighbour) -> Story:
    """Somebody who asked to join and has no answer yet."""
    await asks(town, person, None)
    return
    yield town.now + timedelta(days=1)  # never told: this makes it a story
