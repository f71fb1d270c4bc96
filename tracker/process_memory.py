"""How a process of the server gives memory back to the system. With glibc alone; elsewhere it does what the system does.

By itself glibc keeps a heap for each thread, and in each what the largest arrays of the index have taken.
"""

import ctypes
import gc

# Of malloc.h: one heap for all threads; larger blocks have memory of their own; more that is free at the end of the heap goes back
TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8
LIMITS = {ARENA_MAX: 1, MMAP_THRESHOLD: 8 << 20, TRIM_THRESHOLD: 16 << 20}  # bytes but for the first


def bound_heap() -> None:
    """Have the threads that begin from now on share one heap."""
    if mallopt := _of_library("mallopt"):
        for option, limit in LIMITS.items():
            mallopt(option, limit)


def give_back() -> None:
    """Give back what is free, wherever in the heap, and first what a template's context, which refers to itself, has kept of the index
    of its request. Takes some tens of milliseconds where that is much."""
    gc.collect()
    if trim := _of_library("malloc_trim"):
        trim(0)


def _of_library(name: str):
    try:
        return getattr(ctypes.CDLL(None), name)
    except (AttributeError, OSError, TypeError):  # another library, or system
        return None
