"""One table of terms, by which anything is found; and the palette that looks through all of it."""
