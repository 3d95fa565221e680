"""How a handler says what it takes: `In[…]` for the request's own things, `Path[…]` and `Query[…]`
for the address, `Count` for a number in it."""

from typing import Annotated

from litestar.di import NamedDependency as In
from litestar.params import FromPath as Path
from litestar.params import FromQuery as Query
from litestar.params import QueryParameter

__all__ = ["Count", "In", "Path", "Query"]

Count = Annotated[int | None, QueryParameter(ge=1, le=2**53)]
"""A number after the question mark, from 1 up, that any column can hold; another one answers 404.
Without it: None."""
