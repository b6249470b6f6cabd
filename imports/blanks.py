"""Cells that stand for nothing (IMP-1)."""

#: What Salesforce's interface for bulk data takes for an order: the value becomes empty.
EMPTIES = "#N/A"
#: What spreadsheets, databases and exports write where there is nothing. Written otherwise they
#: may be a name, such as Mr Null's, or a code, such as NA for Namibia.
_NOTHING = frozenset(
    {
        EMPTIES, "N/A", "n/a", "N.A.", "n.a.", "NULL", "null", "(null)", "[null]", "<null>", "\\N",
        "NaN", "nil", "undefined", "-", "--", "---", "–", "—", "(blank)", "(empty)", "--None--",
    }
)  # fmt: skip
#: What a spreadsheet shows instead of a value it cannot work out.
_ERRORS = frozenset(
    {
        "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!",
        "#GETTING_DATA", "#ERROR!", "########",
    }
)  # fmt: skip


def is_blank(cell: str) -> bool:
    """Whether a cell holds nothing, or a word for nothing."""
    return not cell or cell in _NOTHING


def is_error(cell: str) -> bool:
    """Whether a spreadsheet's formula failed."""
    return cell in _ERRORS
