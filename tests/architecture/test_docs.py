"""The pages tell the truth where a machine can tell: links lead somewhere, indexes are whole, names of settings exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.tree import COVE, ROOT, shown, sources

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)|<img[^>]*src=\"([^\"]+)\"")
PAGES = sorted(
    page for pattern in ("*.md", "docs/**/*.md", "sandbox/*.md", "bench/*.md") for page in ROOT.glob(pattern)
)


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_links_lead_somewhere(page):
    targets = [first or second for first, second in LINK.findall(page.read_text(encoding="utf-8"))]
    broken = [
        one
        for one in targets
        if "://" not in one and not one.startswith("mailto:") and not (page.parent / one).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("folder", ["docs/decisions", "docs/recipes"])
def test_the_index_of_a_folder_is_whole(folder):
    index = (ROOT / folder / "README.md").read_text(encoding="utf-8")
    pages = [page.name for page in (ROOT / folder).glob("*.md") if page.name != "README.md"]
    assert pages
    assert [name for name in sorted(pages) if f"({name})" not in index] == []


def test_decisions_have_a_number_each():
    numbers = [page.name[:4] for page in (ROOT / "docs/decisions").glob("[0-9]*.md")]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_table_of_settings_is_what_the_program_reads(name):
    told = set(re.findall(r"`(COVE_[A-Z_]+)`", (ROOT / name).read_text(encoding="utf-8")))
    read = set(re.findall(r'"(COVE_[A-Z_]+)"', (COVE / "launch" / "env.py").read_text(encoding="utf-8")))
    assert told == read


def test_both_readmes_tell_the_same():
    def bones(name: str) -> list[str]:
        lines = Path(ROOT / name).read_text(encoding="utf-8").splitlines()
        return [
            re.match(r"#+|\d+\.|-|```|\|", line.strip()).group()
            for line in lines
            if re.match(r"#+|\d+\.|-|```|\|", line.strip())
        ]

    assert bones("README.md") == bones("README.zh-CN.md")


def test_pages_that_the_code_names_exist():
    named = {
        (shown(path), page)
        for path in sources()
        for page in re.findall(r"docs/[\w/-]+\.md", path.read_text(encoding="utf-8"))
    }
    assert [one for one in sorted(named) if not (ROOT / one[1]).is_file()] == []
