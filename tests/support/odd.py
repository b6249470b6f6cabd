"""Names and sentences that break what is careless with them."""

#: By what they break; each is kept by PostgreSQL.
ODD = {
    "link": "{link}",
    "url": "{url}",
    "page of the link": "{link:preferences}",
    "variable": "{{ x }}",
    "tag": "{% if %}",
    "format": "%s %(a)s %",
    "line break": "Ana\r\nBcc: all@example.com",
    "blank line": "Ana\n\nOpen: https://evil.example/",
    "tab": "Ana\tSilva",
    "long": "Ö" * 300,
    "right to left override": "Ana \u202egnp.exe",
    "right to left": "אנה לוי",
    "emoji": "Ana 👩‍👩‍👧 🎉",
    "quotes": 'Ana "the, <b>boss</b>" \\ O\'Neil; @',
    "zero width": "\u200bAna\ufeff",
    "comma and angle": "Silva, Ana <x@y.example>",
}
