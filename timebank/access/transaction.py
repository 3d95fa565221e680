"""One request, one transaction: begun before the visit, committed before the answer leaves."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from litestar import Request

from timebank import areas
from timebank.kernel.db import Db, at_once, connection, roll_back
from timebank.kernel.refusals import NotFound
from timebank.web.site import Site

Asked = Request[Any, Any, Any]


def site_of(request: Asked) -> Site:
    """What the whole program shares: pool, settings, templates, clock."""
    site: Site = request.app.state.site
    return site


async def community_id(db: Db, site: Site, slug: str) -> int:
    """Id of the community in the address. Raises NotFound. Short names never change: kept."""
    found = site.community_ids.get(slug)
    if found is None:
        found = await areas.community_id(db, slug)
        if found is None:
            raise NotFound
        site.community_ids[slug] = found
    return found


class Transaction:
    """A request's transaction, ended exactly once, whoever notices first that it is over.

    The framework does not close a generator dependency when a *later dependency* raises, so those
    end it themselves (`ending_on_error`); the generator then finds nothing left to do.
    """

    def __init__(self, site: Site, slug: str) -> None:
        self._site = site
        self._slug = slug
        self._stack = AsyncExitStack()
        self.db: Db | None = None

    async def begin(self) -> Db:
        """Take a connection and begin. Raises DatabaseAway, NotFound."""
        async with AsyncExitStack() as opening:
            db = await opening.enter_async_context(connection(self._site.pool))
            community = await at_once(db, community_id(db, self._site, self._slug))
            # One round trip: the transaction, its community, and patience for a double press.
            opened = f"set local app.community = '{community}'; set local lock_timeout = '4500ms'"
            await at_once(db, db.execute(f"begin; {opened}"))
            self._stack = opening.pop_all()
        self.db = db
        return db

    async def end(self, *, commit: bool) -> None:
        """Commit or roll back, and give the connection back. The second call does nothing."""
        db, self.db = self.db, None
        if db is None:
            return
        async with self._stack:
            if commit:
                await db.execute("commit")
            else:
                await roll_back(db)


@asynccontextmanager
async def begun(request: Asked) -> AsyncIterator[Db]:
    """A transaction in the community that the address names."""
    transaction = Transaction(site_of(request), request.path_params["community"])
    db = await transaction.begin()
    try:
        yield db
    except BaseException:
        await transaction.end(commit=False)
        raise
    await transaction.end(commit=True)


async def provide_db(request: Asked) -> AsyncGenerator[Db, None]:
    """Dependency `db`: commits when the page is rendered, before the answer leaves."""
    transaction = Transaction(site_of(request), request.path_params["community"])
    request.scope["state"]["transaction"] = transaction
    db = await transaction.begin()
    try:
        yield db
    except BaseException:
        await transaction.end(commit=False)
        raise
    await transaction.end(commit=True)


@asynccontextmanager
async def ending_on_error(request: Asked) -> AsyncIterator[None]:
    """Rolls the request's transaction back when a dependency raises."""
    try:
        yield
    except BaseException:
        transaction = request.scope["state"].get("transaction")
        if transaction is not None:
            await transaction.end(commit=False)
        raise
