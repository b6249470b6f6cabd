"""Points, where the tenant wants them: ledger, badges, levels, board, shop (BEN-7)."""
