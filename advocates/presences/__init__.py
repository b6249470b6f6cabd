"""An executive of ours where customers are: reviews, boards, events (SPN-1)."""
