"""What briefings, and what a request knows of its call, add elsewhere."""

from activities.set_up.making import register_place_needed
from requests.scheduling.place import place_needed


def register() -> None:
    """Called once, when the application is ready."""
    register_place_needed(place_needed)
