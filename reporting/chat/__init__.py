"""Today in Slack or Teams, by an incoming webhook of one's own (MSG-5.c)."""
