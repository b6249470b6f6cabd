"""Importing what a CRM exports (IMP-1).

``reading`` turns a file into a :class:`Sheet`; ``kinds`` recognises by its headings what the rows
are; ``values`` reads single cells; ``running`` walks the sheets in batches and keeps the report.
``accounts`` and ``contacts`` are kinds; rooms above register theirs in ``AppConfig.ready()``.
"""
