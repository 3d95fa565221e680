"""An app with a quick answer and one that burns CPU, served as ours is; run as a process."""

import os
import time

from litestar import Litestar, get

from timebank.web.serve import serve

BURN_SECONDS = 0.008


@get("/quick", media_type="text/plain")
async def quick() -> str:
    return "ok"


@get("/slow", media_type="text/plain")
async def slow() -> str:
    until = time.process_time() + BURN_SECONDS
    while time.process_time() < until:
        pass
    return "ok"


if __name__ == "__main__":
    serve(Litestar([quick, slow], openapi_config=None), port=int(os.environ["PORT"]))
