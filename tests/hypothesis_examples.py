"""How many examples Hypothesis tries: a tenth while somebody waits for the tests, all of them at night.

The environment variable HYPOTHESIS_PROFILE says which: `ordinary`, taken where it is unset, or `thorough`.
"""

import os

from hypothesis import HealthCheck, settings

PROFILE = os.environ.get("HYPOTHESIS_PROFILE") or "ordinary"
FEWEST = 2
COUNTS = {"ordinary": lambda all: max(FEWEST, all // 10), "thorough": lambda all: all}  # of all examples


def examples(all: int) -> int:
    """Return how many of `all` examples are tried. Raises KeyError for a profile that is none."""
    return COUNTS[PROFILE](all)


for _name, _count in COUNTS.items():
    settings.register_profile(  # which a busy machine fails none of
        _name, max_examples=_count(100), deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
settings.load_profile(PROFILE)
