from __future__ import annotations

import pytest

from cove.kernel.visitors import as_counted, is_visitor


@pytest.mark.parametrize(
    ("name", "counted"),
    [
        ("0192F0C8-7D3A-7B4E-9A1C-2D3E4F506172", "0192f0c8-7d3a-7b4e-9a1c-2d3e4f506172"),
        ("FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
        ("Visitor-A", "Visitor-A"),
        ("visitor-a", "visitor-a"),
        ("0192F0C8-7D3A-7B4E-9A1C-2D3E4F50617", "0192F0C8-7D3A-7B4E-9A1C-2D3E4F50617"),
    ],
)
def test_one_visitor_has_one_spelling(name, counted):
    assert as_counted(name) == counted
    assert as_counted(counted) == counted


def test_what_cove_makes_is_told_from_what_others_make():
    assert is_visitor("0192f0c8-7d3a-7b4e-9a1c-2d3e4f506172")
    assert not is_visitor("ffffffff-ffff-ffff-ffff-ffffffffffff")
    assert not is_visitor("0192F0C8-7D3A-7B4E-9A1C-2D3E4F506172")
