"""Transcripts of calls, and the sentences in them that are worth quoting (TRN-1)."""
