"""Deals and requests are found by their terms (API-1, UI-3)."""

from django.db import migrations

from advocacy.search.indexing import Indexed, changed, follows

DEALS = Indexed(
    "opportunity",
    "requests_opportunity",
    starts=("r.name", "r.prospect_name", "a.name", "r.external_id"),
    joins="LEFT JOIN advocates_account a ON a.tenant_id = r.tenant_id AND a.id = r.account_id",
    changes=("name", "prospect_name", "account_id", "external_id"),
)
REQUESTS = Indexed(
    "request",
    "requests_request",
    starts=(
        "'req ' || r.number || ' ' || lpad(r.number::text, 4, '0')",
        "r.prospect",
        "r.industry",
        "o.name",
        "a.name",
    ),
    joins="LEFT JOIN requests_opportunity o ON o.tenant_id = r.tenant_id AND o.id = r.opportunity_id"
    " LEFT JOIN advocates_account a ON a.tenant_id = o.tenant_id AND a.id = o.account_id",
    changes=("number", "prospect", "industry", "opportunity_id"),
)

FOLLOWERS = [
    follows(
        "search_requests_of_deal",
        "requests_opportunity",
        "UPDATE",
        f"""PERFORM search_index_request(c.tenant_id, array_agg(q.id))
            FROM ({changed("name", "account_id")}) c
            JOIN requests_request q ON q.tenant_id = c.tenant_id AND q.opportunity_id = c.id
            GROUP BY c.tenant_id;""",
    ),
    follows(
        "search_deals_of_account",
        "advocates_account",
        "UPDATE",
        f"""PERFORM search_index_opportunity(c.tenant_id, array_agg(o.id))
            FROM ({changed("name")}) c
            JOIN requests_opportunity o ON o.tenant_id = c.tenant_id AND o.account_id = c.id
            GROUP BY c.tenant_id;
            PERFORM search_index_request(c.tenant_id, array_agg(q.id))
            FROM ({changed("name")}) c
            JOIN requests_opportunity o ON o.tenant_id = c.tenant_id AND o.account_id = c.id
            JOIN requests_request q ON q.tenant_id = o.tenant_id AND q.opportunity_id = o.id
            GROUP BY c.tenant_id;""",
    ),
]


class Migration(migrations.Migration):
    """Functions and triggers; the rows that are there get their terms."""

    dependencies = [
        ("requests", "0001_tables"),
        ("advocates", "0004_search_terms"),
        ("search", "0001_tables"),
    ]
    operations = [*DEALS.operations(), *REQUESTS.operations(), *FOLLOWERS]
