"""Pages are tested in this process; that other processes give the same films is tested in tests/core/test_workers.py."""

import os

os.environ["PLAYGROUND_WORKERS"] = "0"
