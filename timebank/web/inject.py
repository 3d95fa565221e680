"""How a handler says what it takes: `In[…]` for the request's own things, `Path[…]` and `Query[…]`
for the address."""

from litestar.di import NamedDependency as In
from litestar.params import FromPath as Path
from litestar.params import FromQuery as Query

__all__ = ["In", "Path", "Query"]
