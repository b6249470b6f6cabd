"""How sure a number is: intervals of 95 of 100, each by a named method (MET-3.k)."""

from dataclasses import dataclass
from math import exp, sqrt

from scipy.special import stdtrit

#: The normal distribution holds 95 of 100 within so many standard deviations.
Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long something took, in logarithms: how many, their mean and sample deviation."""

    count: int
    mean: float
    deviation: float


def wilson(good: float, count: int) -> tuple[float, float]:
    """Of a rate (Wilson 1927): honest also of few, and near 0 and 1. ``count`` is at least 1."""
    rate = good / count
    middle = (rate + Z * Z / (2 * count)) / (1 + Z * Z / count)
    spread = sqrt(rate * (1 - rate) / count + Z * Z / (4 * count * count))
    half = Z / (1 + Z * Z / count) * spread
    return max(0.0, middle - half), min(1.0, middle + half)


def ratio_of_rates(good: int, count: int, other_good: int, other: int) -> tuple[float, float]:
    """Of one rate divided by another (Katz 1978, on logarithms); none of the four is 0."""
    ratio = (good / count) / (other_good / other)
    spread = sqrt(1 / good - 1 / count + 1 / other_good - 1 / other)
    return ratio * exp(-Z * spread), ratio * exp(Z * spread)


def ratio_of_lengths(one: Lengths, other: Lengths) -> tuple[float, float, float]:
    """One typical length (geometric mean) divided by another, with its interval: Welch's t on the
    logarithms, so that some very long ones do not decide. Each side has at least 2.
    """
    share, share_of_other = one.deviation**2 / one.count, other.deviation**2 / other.count
    apart, spread = one.mean - other.mean, sqrt(share + share_of_other)
    if not spread:
        return exp(apart), exp(apart), exp(apart)
    freedom = (share + share_of_other) ** 2 / (
        share**2 / (one.count - 1) + share_of_other**2 / (other.count - 1)
    )
    half = float(stdtrit(freedom, 0.975)) * spread
    return exp(apart), exp(apart - half), exp(apart + half)
