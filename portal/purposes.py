"""What the portal's personal links are good for, each for one thing alone (ID-3)."""

#: An advocate's own page.
PURPOSE = "portal"
#: The page on which somebody offers to help: a person on record, and a mere address.
VOLUNTEER, NEWCOMER = "volunteer", "newcomer"
