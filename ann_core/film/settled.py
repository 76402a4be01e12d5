"""Imported last by the process from which workers are forked: what is loaded stays shared, since no collector touches it."""

import gc

gc.freeze()
