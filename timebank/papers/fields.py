"""Fields of the forms of this room."""

from timebank.kernel.fields import Choices, Sent
from timebank.kernel.forms import Blank

MOST_IDS = 1000


class Ids(Choices):
    """Ids that stood on the page; which of them still wait is for the action to say."""

    def read(self, name: str, sent: Sent) -> list[str]:
        values = [value for value in sent.get(name, []) if value]
        if not values:
            raise Blank
        return values[:MOST_IDS]
