"""`make openapi`: write the console API's OpenAPI document, and make the front end's types from it.

python tools/openapi.py            write web/packages/api/openapi.json and src/schema.d.ts beside it
python tools/openapi.py --check    say whether it is what the server has; exit code 1 if not
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SNAPSHOT = ROOT / "web" / "packages" / "api" / "openapi.json"


def document() -> str:
    """Give the document as text, the same for the same API. Needs no server and no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cove.launch.settings")
    import django

    django.setup()
    from cove.edge.console.api import api

    return json.dumps(api.get_openapi_schema(path_prefix="/api/"), indent=2, ensure_ascii=False) + "\n"


def main(words: list[str]) -> int:
    """Write or check; give the exit code."""
    text = document()
    if words == ["--check"]:
        same = SNAPSHOT.is_file() and SNAPSHOT.read_text(encoding="utf-8") == text
        print("openapi.json is up to date" if same else "openapi.json differs from the server: make openapi")
        return 0 if same else 1
    SNAPSHOT.parent.mkdir(parents=True, exist_ok=True)
    SNAPSHOT.write_text(text, encoding="utf-8")
    print(f"wrote {SNAPSHOT.relative_to(ROOT)}")
    return make_types()


def make_types() -> int:
    """Make the console's types with the packages that the lock file names; give the exit code."""
    from console_build import WEB, install_web_packages, web_variables

    npm = install_web_packages()
    command = [*npm, "run", "--silent", "generate"]
    return subprocess.run(command, cwd=WEB, env=web_variables(npm), check=False).returncode


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
