"""Files that people put in: taken in parts, judged by their content, kept in a storage, served with
care. What a file is for says the app whose record it belongs to (``homes``).
"""
