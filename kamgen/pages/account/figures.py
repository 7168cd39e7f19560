"""What they buy from us, month by month and by product family, and how we deliver."""

from __future__ import annotations

from markupsafe import Markup

from kamgen.facts.drawing import bars
from kamgen.facts.portfolio import chart_months, month_rows
from kamgen.facts.sales import year_of_deliveries, year_of_sales
from kamgen.pages.account.view import View


def show(view: View) -> Markup:
    """Sales and deliveries by month, and the year's totals."""
    portfolio, slug = view.site.portfolio, view.account.slug
    months = month_rows(portfolio, slug, chart_months(portfolio))
    return view.fragment(
        "figures.html",
        months=months,
        chart=bars([month.amount for month in months]),
        year=year_of_sales(portfolio).get(slug),
        delivered=year_of_deliveries(portfolio).get(slug),
        families=view.site.public.playbook.offer or {},
    )
