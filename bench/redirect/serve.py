"""``python -m bench.redirect.serve module:app port``: both sides run on the same server with the same settings."""

from __future__ import annotations

import sys

import uvicorn

if __name__ == "__main__":
    uvicorn.run(
        sys.argv[1],
        host="127.0.0.1",
        port=int(sys.argv[2]),
        loop="uvloop",
        http="httptools",
        lifespan="on",
        access_log=False,
        # As the product's own server: without proxies in front nobody's word about the sender's address is heard.
        proxy_headers=False,
        server_header=False,
        log_level="warning",
    )
