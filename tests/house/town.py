"""A small town with something of everything, for tests that look at all pages."""

from dataclasses import dataclass

from tests.world import Browser, Member, World


@dataclass
class Town:
    """Its people by part."""

    world: World
    people: dict[str, Member]

    async def browser(self, role: str) -> Browser:
        """A browser of the person with this part; a visitor has no session."""
        if role == "visitor":
            return self.world.browser()
        return await self.people[role].browser()
