"""Every number the tenant's own (SET-1): declared once by the app that uses it, shown and changed
on a page and over REST that are made from the declaration.
"""
