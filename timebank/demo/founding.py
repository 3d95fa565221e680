"""The two communities before anybody lives there: names, words, colour, neighbourhoods, places."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import asyncpg

from timebank import areas, hours
from timebank.areas import LetterRule
from timebank.demo.people import folk
from timebank.demo.stage import Town
from timebank.kernel.dates import local_date
from timebank.kernel.db import Pool, prepare, transaction
from timebank.kernel.settings import Settings
from timebank.web.community import Word

FOUNDED_DAYS = 575


async def found(settings: Settings, pool: Pool, facts: dict[str, Any], now: datetime) -> Town:
    """One community, marked as a demo: only the owner of the database may make one."""
    then = now - timedelta(days=FOUNDED_DAYS)
    owner = await asyncpg.connect(settings.database_url_owner)
    try:
        await prepare(owner)
        async with owner.transaction():
            community, root = await areas.found_community(
                owner, slug=facts["slug"], name=facts["name"], hue=facts["hue"],
                welcome=facts["welcome"], demo=True, now=then,
            )  # fmt: skip
    finally:
        await owner.close()
    rng = Random(f"demo:{facts['slug']}")
    today = local_date(now)
    town = Town(community, root, today, rng, folk(facts, rng, today.year))
    async with transaction(pool, community) as db:
        await hours.open_books(db, community=community, now=then)
        for key, one, many, the in facts.get("words", []):
            await areas.put_word(
                db, community=community, language="nl", key=key, word=Word(one, many, the)
            )
        await areas.set_letter_rule(db, community=community, rule=LetterRule(facts["town"], "left"))
        for area in facts["area"]:
            town.areas[area["name"]] = id_ = await areas.add_neighbourhood(
                db, community=community, parent=root, name=area["name"], now=then
            )
            for name, x_m, y_m in area["places"]:
                town.places[name] = await areas.add_place(
                    db, community=community, area=id_, name=name, x_m=x_m, y_m=y_m
                )
    return town


async def name_helpers(town: Town, pool: Pool, facts: dict[str, Any]) -> None:
    """The person behind every screen: of each neighbourhood its worker, of the whole the first."""
    async with transaction(pool, town.community) as db:
        for area in facts["area"]:
            ids = [town.areas[area["name"]]]
            if area is facts["area"][0]:
                ids.append(town.root)
            for id_ in ids:
                await areas.set_helper(
                    db, community=town.community, area=id_, helper=town.who(area["helper"]).id,
                    phone=area["phone"], hours=area["hours"], walk_in=area["walk_in"],
                )  # fmt: skip
