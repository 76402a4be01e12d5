"""What the pages under test share. They work in this process; that other processes give the same films is tested in
tests/core/test_workers.py."""

import os
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner

os.environ["PLAYGROUND_WORKERS"] = "0"


@pytest.fixture(scope="session", autouse=True)
def packages_scanned_once():
    """A page under test would look through all installed packages for components, a server does so when it starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield
