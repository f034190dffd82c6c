"""`make module floor=business name=coupons zh=优惠券`: write the skeleton of a module on both sides and list it where modules are listed.

Standard library only, but for ruff (which puts the lines it adds in order) and the product itself (for openapi.json).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SKELETON = Path(__file__).resolve().parent / "skeleton"
WEB = ROOT / "web"
CONSOLE = WEB / "apps" / "console" / "src"
# Where a floor's modules are listed in the console's navigation until somebody chooses better.
SECTIONS = {"engine": "reach", "business": "attract", "cockpit": "insight"}
USAGE = "Usage: make module floor=engine|business|cockpit name=coupons zh=优惠券"


class RefusedError(Exception):
    """The module cannot be written; the text says why and what to do."""


@dataclass(frozen=True)
class Nouns:
    """The words of a new module: `name` is the folder (plural, snake_case), `zh` what Chinese readers call it."""

    floor: str
    name: str
    zh: str

    @property
    def row(self) -> str:
        """One of them: coupons → coupon, companies → company, boxes → box."""
        for ending, single in (("ies", "y"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", "")):
            if self.name.endswith(ending) and len(self.name) > len(ending) + 1:
                return self.name.removesuffix(ending) + single
        return self.name

    def fill(self, text: str) -> str:
        """Put the words into a template's places."""
        module = "".join(part.title() for part in self.name.split("_"))
        words = self.name.replace("_", " ")
        places = {
            "floor": self.floor,
            "name": self.name,
            "zh": self.zh,
            "row": self.row,
            "Row": "".join(part.title() for part in self.row.split("_")),
            "Module": module,
            "Name": words.capitalize(),
            "camel": module[0].lower() + module[1:],
            "path": self.name.replace("_", "-"),
            "section": SECTIONS[self.floor],
            "words": words,
            "Words": words.capitalize(),
        }
        return re.sub(r"§(\w+)§", lambda found: places[found[1]], text)


def read_nouns(words: list[str]) -> Nouns:
    """Check what was asked for. Raises RefusedError."""
    given = [*words, "", "", ""]
    nouns = Nouns(given[0], given[1], given[2] or os.environ.get("zh", ""))  # noqa: SIM112 -- make passes it on as it was written
    if nouns.floor not in SECTIONS:
        raise RefusedError(f"A new module goes on one of the floors {', '.join(SECTIONS)}. {USAGE}")
    if not re.fullmatch(r"[a-z]+(_[a-z]+)*", nouns.name):
        raise RefusedError(f"The name is a noun in small letters, as live_codes. {USAGE}")
    if not re.search(r"[一-鿿]", nouns.zh):
        raise RefusedError(f"Say what it is called in Chinese, the first language of every screen. {USAGE}")
    if (ROOT / "cove" / nouns.floor / nouns.name).exists():
        raise RefusedError(f"cove/{nouns.floor}/{nouns.name} is there already.")
    return nouns


def write_files(nouns: Nouns) -> None:
    """Write both folders from the skeleton."""
    targets = {
        "cove": ROOT / "cove" / nouns.floor / nouns.name,
        "web": CONSOLE / "modules" / nouns.floor / nouns.name,
    }
    for side, target in targets.items():
        if side == "web" and not CONSOLE.is_dir():
            continue
        for template in sorted((SKELETON / side).rglob("*.txt")):
            path = target / template.relative_to(SKELETON / side).with_suffix("")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(nouns.fill(template.read_text(encoding="utf-8")), encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")


def change(path: Path, pattern: str, replacement: str) -> None:
    """Replace the one place in a file that `pattern` finds. Raises RefusedError if the file no longer looks so."""
    text = path.read_text(encoding="utf-8")
    changed, count = re.subn(pattern, replacement, text, count=1, flags=re.MULTILINE | re.DOTALL)
    if not count:
        raise RefusedError(f"{path.relative_to(ROOT)} does not look as expected; list the module there by hand.")
    path.write_text(changed, encoding="utf-8")
    print(f"changed {path.relative_to(ROOT)}")


def list_on_the_server(nouns: Nouns) -> None:
    """Add the module to the contracts of imports, the installed apps and the console's API."""
    contracts = ROOT / ".importlinter"
    if nouns.floor == "engine":
        change(contracts, r"^(    audiences \|)", rf"\1 {nouns.name} |")
        change(contracts, r"^(    cove\.engine\.automation\n)", rf"\1    cove.engine.{nouns.name}\n")
    else:
        change(
            contracts, rf"^(containers = cove\.{nouns.floor}\nexhaustive = true\nlayers =\n    )", rf"\1{nouns.name} | "
        )
    settings = ROOT / "cove" / "launch" / "settings.py"
    line = rf'    "cove.{nouns.floor}.{nouns.name}",\n'
    change(settings, rf'^(INSTALLED_APPS = \[\n.*    "cove\.{nouns.floor}\.\w+(?:\.\w+)?",\n)', rf"\1{line}")
    api = ROOT / "cove" / "edge" / "console" / "api.py"
    module = f"cove.{nouns.floor}.{nouns.name}.api"
    change(api, r"^(from cove import __version__\n)", rf"\1from {module} import console as {nouns.name}\n")
    change(api, r"^(for router in \(.*?)(,?\s*)\):", rf"\1, {nouns.name}):")
    for order in (["check", "--quiet", "--select", "I", "--fix"], ["format", "--quiet"]):
        subprocess.run(
            [sys.executable, "-m", "ruff", *order, api, settings, ROOT / "cove" / nouns.floor / nouns.name], check=True
        )


def list_in_the_console(nouns: Nouns) -> None:
    """Add the module to the console's routes and languages; its rights come with the API's document."""
    routes = CONSOLE / "app" / "routes.tsx"
    folder = f"../modules/{nouns.floor}/{nouns.name}"
    camel = nouns.fill("§camel§")
    change(routes, r"^(import \{ workbench \})", rf'import {{ {camel} }} from "{folder}/routes";\n\1')
    change(routes, r"^(const modules: ModuleRoutes\[\] = \[[^\]]*)\]", rf"\1, {camel}]")
    for file, word in (("zh-CN", "zhCN"), ("en", "en")):
        texts = CONSOLE / "app" / "i18n" / f"{file}.ts"
        line = f'import {{ {word} as {nouns.name} }} from "../{folder}/locales/{file}";'
        change(texts, rf"^(import \{{ {word} as shell \}})", rf"{line}\n\1")
        change(texts, r"^(export const resources = \{[^}]*?)(,? ?)\};", rf"\1, {nouns.name} }};")


def main(words: list[str]) -> int:
    """Write the module and say what to do next; give the exit code."""
    try:
        nouns = read_nouns(words)
        write_files(nouns)
        list_on_the_server(nouns)
        if CONSOLE.is_dir():
            list_in_the_console(nouns)
            subprocess.run([sys.executable, ROOT / "tools" / "openapi.py"], check=True)
    except RefusedError as refusal:
        print(refusal)
        return 1
    print(f"\nNext: pytest cove/{nouns.floor}/{nouns.name} tests/architecture, then docs/recipes/a-module.md.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
