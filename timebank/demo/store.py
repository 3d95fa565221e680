"""The one query of the demo, as the owner of the database."""

from uuid import UUID

from timebank.kernel.db import Db, load

q = load("demo")


async def show_on_sign_in(db: Db, *, community: int, party: UUID, place: int, story: str) -> None:
    """Let a visitor try somebody: `place` in the list, and a line about them."""
    await q.show_on_sign_in(db, community=community, party=party, place=place, story=story)
