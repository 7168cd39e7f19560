"""Late deliveries: who has had too many of them in the last twelve full months.

The figures themselves are those of `sales.year_of_deliveries`; a delivery is late when it left after the day on which
it was required, or has not left and is past it.
"""

from __future__ import annotations

from decimal import Decimal

from kamgen.facts.sales import Deliveries

# Below these, bad luck looks like a habit: one late parcel in three is nothing to judge by.
LATE = Decimal(2)
DELIVERIES = Decimal(10)
SHARE = Decimal("0.10")


def troubled(
    found: Deliveries | None, *, late: Decimal = LATE, deliveries: Decimal = DELIVERIES, share: Decimal = SHARE
) -> bool:
    """Whether deliveries were late often enough to hurt.

    They were if at least `late` of at least `deliveries` came late, and these are more than `share` (0 to 1) of all.
    `found` is an account's entry of `sales.year_of_deliveries`; None, where there is no export, is no trouble.
    """
    if found is None or found.late < late or found.deliveries < deliveries:
        return False
    return found.late_share is not None and found.late_share > share
