"""What somebody searches for, as words a database can be asked about."""

#: More narrows nothing down any more, and each costs the database a pass over its own.
MOST_WORDS = 8
LONGEST = 200


def search_words(text: str) -> list[str]:
    """The first eight words of a search, of 200 characters together; none for an empty one.

    A search of thousands of words would keep the server busy for minutes.
    """
    return text.replace("\x00", " ")[:LONGEST].split()[:MOST_WORDS]
