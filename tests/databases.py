"""Databases beside the one that all tests share, in the same server."""

import asyncpg

from timebank.kernel.embedded import Embedded

SUPERUSER = "app"


async def drop_database(cluster: Embedded, name: str) -> None:
    """Away with it, whoever is in it. As the superuser: the server's own cleaner may be at work in it,
    and nobody else may send that away."""
    app = await asyncpg.connect(cluster.dsn(SUPERUSER, "postgres"))
    try:
        await app.execute(f"drop database {name} with (force)")
    finally:
        await app.close()
