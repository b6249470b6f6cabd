"""Technical set-up of what is booked: link, recording, equipment, who tests it (FUL-4)."""
