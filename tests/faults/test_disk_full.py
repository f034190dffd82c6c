"""A full disk: 503 and never a false 200; what was acknowledged before is kept, and it goes on once there is room."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.faults.reckoning import reckon, spooled
from tests.faults.sender import Sender
from tests.faults.trouble import small_disk, unshare

ROOM = 3_000
"""Kilobytes of the spool's disk."""


def may_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    tried = [*unshare(), "mount", "-t", "tmpfs", "-o", "size=100k", "cove-faults", "/mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(
    not may_mount(), reason="no mount namespaces here (needs root or user namespaces): the disk cannot be made small"
)
def test_a_full_disk_is_told_and_everything_acknowledged_is_kept(house, source, sent):
    # Each event fits a few hundred times, so that the disk is full at once when nothing is drained.
    sender = Sender(source, "full", connections=4, rate=500, pad=8_000)
    with small_disk(house, ROOM):
        sender.start()
        house.wait("some events", lambda: sender.told.acknowledged > 50)
        house.stop("postgres")
        house.wait("the disk to be full", lambda: sender.told.answers["503"] > 20)
        acknowledged, refused = sender.told.acknowledged, sender.told.answers["503"]
        house.wait("more to be refused", lambda: sender.told.answers["503"] > refused + 40)
        assert sender.told.acknowledged - acknowledged < 10, (
            "a full disk takes no more than what slips into its last corner"
        )
        seen_inside = house.data.parent / "inside"
        seen_inside.symlink_to(f"/proc/{house.running['web'].pid}/root{house.data / 'spool'}")
        assert len(spooled(seen_inside)) < 5, "failures leave no files behind"
        house.start("postgres")
        house.wait_ready("postgres")
        house.wait("it to go on", lambda: sender.told.acknowledged > acknowledged + 100)
        sent["full"] = sender.finish(60)
        reckon(house, source, sent, seconds=120)
