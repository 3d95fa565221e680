"""Work that went wrong for good: visible, and tried once more at the press of a button."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from litestar import Response, get, post

from timebank import audit
from timebank.kernel import outbox
from timebank.kernel.db import Db
from timebank.kernel.forms import Form
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import NotFound
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

_KINDS: dict[str, Callable[[], str]] = {
    "notice.mail": lambda: _("Een mail dat er iets klaarstaat"),
    "mail.ticket": lambda: _("Een mail om een wachtwoord te kiezen"),
    "mail.reason": lambda: _("Een mail met een antwoord over meedoen"),
    "membership.reach": lambda: _("Iemand op een andere manier bereiken"),
    "notice.way_in": lambda: _("Een bericht over inloggen"),
    "mail.moved": lambda: _("Een mail over een nieuw e-mailadres"),
    "moderation.taken_down": lambda: _("Een bericht aan een schrijver"),
}


def kind_name(kind: str) -> str:
    """What the work was, in words."""
    found = _KINDS.get(kind)
    return found() if found else _("Ander werk (%(kind)s)", kind=kind)


def error_name(error: str) -> str:
    """What went wrong, in words; codes only, never what somebody typed."""
    if error.startswith("mail-refused"):
        return _("De ontvanger weigerde de mail. Klopt het adres?")
    if error == "no-mail-server":
        return _("Mail versturen is nog niet ingesteld.")
    return _("Er ging iets mis in het programma (%(code)s).", code=error or "?")


@get("/jobs", name="admin.jobs")
async def failed_jobs(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Work that was tried often enough and stays visible until it is done."""
    policy.demand(viewer, "job.see")
    failed = await outbox.failed(db, viewer.community_id)
    return visit.page(
        "admin/jobs.html",
        jobs=[(job, visit.form(f"/jobs/{job.id}/retry")) for job in failed],
        kind_name=kind_name,
        error_name=error_name,
    )


@post("/jobs/{job:uuid}/retry", name="admin.retry_job", again="/jobs")
async def retry(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], job: Path[UUID]
) -> Response[Any]:
    """From the start, once more."""
    policy.demand(viewer, "job.see")
    failed = await outbox.failed(db, viewer.community_id)
    if job not in {known.id for known in failed}:
        raise NotFound
    await outbox.retry(db, community=viewer.community_id, id_=job, now=visit.now)
    await audit.note(
        db, community=viewer.community_id, act="job.retried", actor=viewer.party_id,
        about=("job", job), now=visit.now,
    )  # fmt: skip
    return await visit.done(db, form, "/jobs", said="job_retried")


after(
    "job_retried",
    lambda: _("Het wordt nog een keer geprobeerd. Lukt het niet, dan staat het hier weer."),
)

ROUTES = [failed_jobs, retry]
