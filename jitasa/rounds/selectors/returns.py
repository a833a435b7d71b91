"""Where offices stand with a month: the facts that ``rounds.rules.return_state`` judges."""

from collections.abc import Collection, Iterable
from datetime import date

from jitasa.organizations.models import Organization, Succession
from jitasa.organizations.selectors.served import served_since
from jitasa.rounds.models import MonthlyReturn, Round
from jitasa.rounds.rules import MonthFacts
from jitasa.rounds.selectors.rounds import asked_months, round_for
from jitasa.rounds.selectors.tallies import ZERO, Sums, by_organization_ids, own_sums, own_sums_of_months
from jitasa.thai.dates import last_day


def return_of(organization: Organization, month: date) -> MonthlyReturn | None:
    """What the office stated about the month, if anything."""
    return MonthlyReturn.objects.filter(organization=organization, month=month).first()


def returns_by_organization(ids: Collection[int], month: date) -> dict[int, MonthlyReturn]:
    """Office id → its return, for the offices that have one."""
    rows = MonthlyReturn.objects.filter(month=month, organization_id__in=ids)
    return {row.organization_id: row for row in rows}


def facts_of(organization: Organization, month: date, row: MonthlyReturn | None = None) -> MonthFacts:
    """The facts of one office and month; ``row`` saves looking the return up again."""
    row = row or return_of(organization, month)
    sums = own_sums(organization.pk, month)
    asked = owed_months([month], served_since([organization.pk]).get(organization.pk))
    return month_facts(organization, round_for(month), sums, row, successor_names([organization]), asked)


def facts_of_months(
    organization: Organization, months: Collection[date], *, served: date | None = None
) -> dict[date, tuple[MonthFacts, Sums]]:
    """Month → the facts and the own numbers of one office; two queries for any number of months, and one
    where ``served``, the first day that somebody served the office, is not known to the caller.
    """
    served = served or served_since([organization.pk]).get(organization.pk)
    stored = MonthlyReturn.objects.filter(organization=organization, month__in=months)
    returns = {row.month: row for row in stored}
    sums = own_sums_of_months(organization.pk, months)
    names, asked = successor_names([organization]), owed_months(months, served)
    return {
        month: (
            month_facts(organization, round_for(month), sums[month], returns.get(month), names, asked),
            sums[month],
        )
        for month in months
    }


def facts_by_organization(organizations: Iterable[Organization], month: date) -> dict[int, MonthFacts]:
    """Office id → facts, in five queries and what :func:`successor_names` asks, for any number of offices."""
    offices = list(organizations)
    ids = [office.pk for office in offices]
    round_ = round_for(month)
    sums, returns = by_organization_ids(ids, month), returns_by_organization(ids, month)
    successors, served = successor_names(offices), served_since(ids)
    asked = asked_months([month])
    return {
        office.pk: month_facts(
            office,
            round_,
            sums.get(office.pk, ZERO),
            returns.get(office.pk),
            successors,
            owed_of(asked, served.get(office.pk)),
        )
        for office in offices
    }


def owed_months(months: Iterable[date], served: date | None) -> frozenset[date]:
    """Those of the months that an office is asked to report: from the first round on, and from the month
    in which somebody first ``served`` it (``None``: nobody ever did). An office that nobody ever served is asked: the gap is its line's.

    The boards count by the same rule (``compilation.selectors.sql``).
    """
    return owed_of(asked_months(months), served)


def owed_of(asked: frozenset[date], served: date | None) -> frozenset[date]:
    """The same of months that are known to be asked for."""
    return asked if served is None else frozenset(month for month in asked if served <= last_day(month))


def month_facts(
    organization: Organization,
    round_: Round,
    sums: Sums,
    row: MonthlyReturn | None,
    successors: dict[int, str],
    asked: Collection[date],
) -> MonthFacts:
    """Put together what was read elsewhere (boards that already hold sums and returns)."""
    closed, month = organization.closed_on, round_.month
    stated = row or MonthlyReturn(organization=organization, month=month)
    return MonthFacts(
        month=month,
        due_on=round_.due_on,
        drafts=sums.drafts,
        awaiting=sums.awaiting,
        submitted=sums.submitted,
        returned=sums.returned,
        accepted=sums.accepted,
        nil_at=stated.nil_at,
        nil_reason=stated.nil_reason,
        confirmed_at=stated.confirmed_at,
        on_time=stated.on_time,
        changed_at=stated.changed_at,
        exists=organization.founded_on <= last_day(month) and (closed is None or closed > month),
        successor=successors.get(organization.pk, ""),
        asked=month in asked,
    )


def successor_names(organizations: Iterable[Organization]) -> dict[int, str]:
    """Office id → short name of the office it was merged into; no query when none of them is closed."""
    closed = [office.pk for office in organizations if office.closed_on is not None]
    if not closed:
        return {}
    rows = Succession.objects.filter(predecessor__in=closed)
    return dict(rows.values_list("predecessor_id", "successor__short_name"))
