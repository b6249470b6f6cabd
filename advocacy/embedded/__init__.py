"""PostgreSQL and Redis for a machine that has neither, and the runner behind ``make``.

``python -m advocacy.embedded run -- CMD`` starts what is missing, runs a command, takes it down.
``python -m advocacy.embedded up`` runs the whole product (``make run``).
"""
