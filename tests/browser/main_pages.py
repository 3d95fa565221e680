"""The twelve main pages: whose they are, and where they stand in the small town."""

from dataclasses import dataclass

from tests.house.town import Town


@dataclass(frozen=True)
class MainPage:
    """One page, opened by one of the town's people (nobody: a visitor)."""

    name: str
    role: str
    path: str

    def address(self, town: Town) -> str:
        """Its address in this town."""
        return f"/{town.world.slug}{self.path.format(**town.things)}"


MAIN_PAGES = [
    MainPage("front", "visitor", ""),
    MainPage("sign-in", "visitor", "/session"),
    MainPage("join", "visitor", "/parties/new"),
    MainPage("start", "annie", ""),
    MainPage("ask", "annie", "/posts?direction=need"),
    MainPage("new-need", "annie", "/posts/new?direction=need"),
    MainPage("post", "annie", "/posts/{offer}"),
    MainPage("appointment", "annie", "/exchanges/{talk}"),
    MainPage("confirm", "annie", "/exchanges/{done}/confirmation"),
    MainPage("hours", "annie", "/hours"),
    MainPage("worklist", "worker", "/worklist"),
    MainPage("person", "worker", "/worklist/parties/{bep}"),
]


def by_role() -> dict[str, list[MainPage]]:
    """The pages of each person, so that one browser serves them all."""
    found: dict[str, list[MainPage]] = {}
    for page in MAIN_PAGES:
        found.setdefault(page.role, []).append(page)
    return found
