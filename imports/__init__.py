"""Importing what a CRM exports (IMP-1).

``reading`` turns a file into headings and rows; ``registry`` says what can be imported, ``kinds``
how; ``mapping`` says which column of a file is which value; ``surveys`` finds out what only the
whole file tells; ``rows`` reads a row's cells, ``values`` single ones; ``working`` walks the rows
in batches, for a check or in earnest. The stations in between are in ``services``. Nothing of
Django is imported here: ``child`` runs without.
"""
