"""Did it happen? Both sides are asked after a booked slot (ACT-4)."""
