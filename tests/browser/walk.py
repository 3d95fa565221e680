"""Walking through pages as a person does: by what stands on the buttons."""

from playwright.async_api import Page

from tests.world import World
from timebank.kernel.i18n import gettext, speaking


class Walk:
    """One person's browser, in one language."""

    def __init__(self, page: Page, world: World, language: str) -> None:
        self.page = page
        self.world = world
        self.language = language

    def say(self, dutch: str, **values: object) -> str:
        with speaking(self.language):
            return gettext(dutch, **values)

    async def to(self, path: str) -> None:
        await self.page.goto(f"/{self.world.slug}{path}")
        await self.fits()

    async def press(self, dutch: str) -> None:
        name = self.say(dutch)
        main = self.page.locator("main")
        button = main.get_by_role("button", name=name, exact=True).first
        link = main.get_by_role("link", name=name, exact=True).first
        async with self.page.expect_navigation():
            await button.or_(link).first.click()
        await self.fits()

    async def fill(self, name: str, value: str) -> None:
        await self.page.locator(f"main [name={name}]").first.fill(value)

    async def choose(self, name: str, value: str) -> None:
        field = self.page.locator(f'main [name={name}][value="{value}"]')
        assert await field.count(), await self.page.locator("main").inner_text()
        await field.first.check()

    async def reads(self, dutch: str, **values: object) -> None:
        text = await self.page.locator("main").inner_text()
        assert self.say(dutch, **values) in " ".join(text.split()), text

    @property
    def path(self) -> str:
        return self.page.url.partition(self.world.slug)[2].partition("?")[0]

    async def fits(self) -> None:
        """Nothing scrolls sideways."""
        root = "document.documentElement"
        over = await self.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
        assert over <= 0, f"{self.path} is {over} px too wide"

    async def letters(self) -> str:
        """The reader's own size of letters."""
        size = "getComputedStyle(document.documentElement).fontSize"
        return str(await self.page.evaluate(size))
