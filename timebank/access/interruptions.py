"""What makes a request go another way than its handler: sign in, prove it, or it was done already."""

from urllib.parse import urlencode
from uuid import UUID

from timebank.access.model import PROVEN_FOR
from timebank.kernel.forms import Form
from timebank.kernel.refusals import Refusal
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


class SignInNeeded(Exception):
    """Nobody is signed in. `session` came along, and its time had run out. With `party` and `fields`,
    a form was sent after the session ended."""

    def __init__(
        self, *, community: int, session: UUID | None = None, party: UUID | None = None,
        fields: dict[str, list[str]] | None = None, form_path: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self.community = community
        self.session = session
        self.party = party
        self.fields = fields or {}
        self.form_path = form_path


class ProofNeeded(Exception):
    """The viewer must give the password once more; what was typed (`fields`) is kept."""

    def __init__(
        self, *, community: int, party: UUID, fields: dict[str, list[str]], here: str
    ) -> None:
        super().__init__()
        self.community = community
        self.party = party
        self.fields = fields
        self.here = here


class AlreadyDone(Exception):
    """This very form was sent before: its answer is the first one's."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class StaleForm(Refusal):
    """403: the form's token is not ours, or not of this session. The page comes back filled in."""

    status = 403


def path_with_next(slug: str, page: str, *, next_: str, draft: UUID | None = None) -> str:
    """Address of `page`, which leads on to `next_` (and brings a draft back)."""
    if draft is not None:
        next_ += ("&" if "?" in next_ else "?") + f"draft={draft}"
    return f"/{slug}{page}?{urlencode({'next': next_})}"


def demand_proof(visit: Visit, viewer: Viewer, form: Form | None = None) -> None:
    """Raises ProofNeeded when the password was not given in the last ten minutes: the person gives
    it and goes on, with what was typed in `form`."""
    if visit.now - viewer.proven_at > PROVEN_FOR:
        raise ProofNeeded(
            community=viewer.community_id, party=viewer.party_id,
            fields=dict(form.sent) if form else {}, here=visit.path,
        )  # fmt: skip


def signed_in(visit: Visit) -> Viewer:
    """The viewer, in a handler that has its transactions by hand. Raises SignInNeeded."""
    if visit.viewer is None:
        raise SignInNeeded(community=visit.community.id)
    return visit.viewer
