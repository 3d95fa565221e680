"""Beheer: all desks of the admin, with what waits there."""

from typing import Any

import msgspec
from litestar import Response, get

from timebank import membership, moderation, parties
from timebank.admin import erasure_store
from timebank.kernel import outbox
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.web import policy
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


class Desk(msgspec.Struct, frozen=True):
    """One desk: where, what it is for, and how much waits there (None: nothing ever does)."""

    href: str
    label: str
    text: str
    waiting: int | None = None


@get("/admin", name="admin.desks")
async def desks(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Where is something to do?"""
    policy.demand(viewer, "community.manage")
    community = viewer.community_id
    applicants = await parties.applicants(db, community=community, areas=None)
    repairs = await moderation.open_repairs(db, community, moderation.reach(viewer))
    failed = await outbox.failed(db, community)
    appeals = await membership.open_appeals(db, community=community)
    reports = await moderation.waiting_count(db, viewer)
    erasures = await erasure_store.all_open(db, community)
    found = [
        Desk("/applicants", _("Aanmeldingen"), _("Wie wil meedoen."), len(applicants)),
        Desk("/reports", _("Meldingen"), _("Wat mensen meldden."), reports),
        Desk("/hours/corrections", _("Boekingen herstellen"), _("Wat niet klopte."), len(repairs)),
        Desk(
            "/parties?group=still", _("Niet mee eens"),
            _("Wie even niet meedoet, en vraagt om nog eens te kijken."), len(appeals),
        ),
        Desk("/jobs", _("Werk dat misging"), _("Mails die niet aankwamen."), len(failed)),
        Desk(
            "/erasures", _("Gegevens wissen"), _("Wie gevraagd heeft om alles te wissen."),
            sum(found.due_on is None for found in erasures),
        ),
        Desk("/roles", _("Taken"), _("Wie waar werkt, en wie beheerder is.")),
        Desk(
            "/areas",
            _("Plekken en %(neighbourhoods)s",
              neighbourhoods=visit.community.words.neighbourhood.many),
            _("Namen, plekken en wie er helpt."),
        ),
        Desk("/community/edit", _("Kleur, woorden en regels"), _("Hoe het hier heet en werkt.")),
        Desk(
            "/signals/quarters", _("Aandacht per kwartaal"),
            _("Aantallen, om samen op terug te kijken."),
        ),
        Desk("/audit", _("Logboek"), _("Wie wat deed, en wanneer.")),
    ]  # fmt: skip
    return visit.page("admin/desks.html", desks=found)


ROUTES = [desks]
