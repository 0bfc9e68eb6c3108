"""Cohorts already found, and what one exchange makes of them: where a search may begin.

A cohort that keeps the rules and is nearly the best spares the search all that is worse.
"""

from collections import Counter

import numpy as np

from madang.methods.selection.instance import Instance, Whole

MOST = 10  # cohorts kept, the best ones


class Pool:
    """Cohorts that keep every rule, the exclusions and inclusions apart."""

    def __init__(self, known: Instance) -> None:
        self.known = known
        self._cohorts: list[tuple[int, tuple[int, ...]]] = []
        self._fits: dict[tuple[int, ...], dict[int, Whole]] = {}

    def add(self, cohort: tuple[int, ...]) -> None:
        if cohort in self._fits:
            return
        self._fits[cohort] = {}
        value = int(self.known.points[list(cohort)].sum())
        self._cohorts.append((value, cohort))
        self._cohorts.sort(key=lambda pair: -pair[0])
        for _, dropped in self._cohorts[MOST:]:
            del self._fits[dropped]
        del self._cohorts[MOST:]

    def without(self, nominee: int, keep: frozenset[int]) -> tuple[int, ...] | None:
        """The best of the cohorts that has not the nominee and has those to `keep`."""
        for _, cohort in self._cohorts:
            if nominee not in cohort and keep <= set(cohort):
                return cohort
        return None

    def having(self, nominee: int, keep: frozenset[int]) -> tuple[int, ...] | None:
        """The best cohort with the nominee, in somebody's place who is not to `keep`."""
        best: tuple[int, tuple[int, ...] | None] = (0, None)
        points = int(self.known.points[nominee])
        for value, cohort in self._cohorts:
            if not keep <= {*cohort, nominee}:
                continue
            if nominee in cohort:
                worth, exchanged = value, cohort
            else:
                leaving = self._leaving(nominee, cohort, keep)
                if leaving is None:
                    continue
                worth = value + points - int(self.known.points[leaving])
                exchanged = tuple(sorted({*cohort, nominee} - {leaving}))
            if best[1] is None or worth > best[0]:
                best = worth, exchanged
        return best[1]

    def _leaving(self, nominee: int, cohort: tuple[int, ...], keep: frozenset[int]) -> int | None:
        """Who with the fewest points can go when the nominee comes."""
        known = self.known
        kind = int(known.kind[nominee])
        fits = self._fits[cohort]
        if kind not in fits:
            fits[kind] = self._exchangeable(kind, cohort)
        able = fits[kind]
        if known.budget is not None:
            left = known.budget - int(known.costs[list(cohort)].sum())
            able = able[known.costs[able] + left >= known.costs[nominee]]
        able = able[~np.isin(able, list(keep))]
        return int(able[np.argmin(known.points[able])]) if len(able) else None

    def _exchangeable(self, kind: int, cohort: tuple[int, ...]) -> Whole:
        """Those of the cohort whose place one of the type can take within the quotas."""
        known = self.known
        counts = known.counts(cohort)
        return np.array(
            [one for one in cohort if fits(known, counts, int(known.kind[one]), kind)],
            dtype=np.int64,
        )


def fits(known: Instance, counts: Counter[int], leaving: int, entering: int) -> bool:
    """Whether the quotas hold when one of a type goes and one of another comes.

    `counts` says for each limit how many of the cohort it counts.
    """
    gone, come = set(known.types[leaving].limits), set(known.types[entering].limits)
    return all(counts[n] - 1 >= known.limits[n].least for n in gone - come) and all(
        counts[n] + 1 <= known.limits[n].most for n in come - gone
    )
