"""Migrating in a quarter of the time: of the models of a migration, only the changed one is drawn
anew.

Django draws a model together with all that are related to it, and theirs. Here every table points
at its tenant, so each of some hundred operations would draw every model of the product.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ProjectState

_WITH_RELATED = ProjectState._find_reload_model  # type: ignore[attr-defined]


def _only_itself(
    state: Any, app_label: str, model_name: str, delay: bool = False
) -> set[tuple[str, str]]:
    """Models to draw anew after one changed.

    Where Django says that what points at it may be out of date (``delay``: constraints, indexes,
    plain columns), or where nothing does yet because it is new, the model alone; a step in Python
    (``RunPython``) gets all of them fresh, as ``is_delayed`` says.
    """
    key = app_label, model_name
    is_new = model_name not in state.apps.all_models[app_label]
    if not (delay or is_new):
        found: set[tuple[str, str]] = _WITH_RELATED(state, app_label, model_name, delay)
        return found
    state.is_delayed = True
    return {key}


@contextmanager
def rendering_what_changed() -> Iterator[None]:
    """Within it, states of migrations draw only what changed."""
    ProjectState._find_reload_model = _only_itself  # type: ignore[attr-defined]
    try:
        yield
    finally:
        ProjectState._find_reload_model = _WITH_RELATED  # type: ignore[attr-defined]
